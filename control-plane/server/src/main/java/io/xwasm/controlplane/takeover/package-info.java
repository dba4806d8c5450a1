/**
 * Moves a group's primary: by itself when it is lost, or when a person wants it elsewhere.
 *
 * <p>Look, decide, act are three places: {@link io.xwasm.controlplane.takeover.GroupLook} asks the
 * witnesses, the pure {@link io.xwasm.failover.FailoverRules} decide, and a journaled operation
 * carries it out by compare-and-set on the group's configuration, so that a decision which came too
 * late changes nothing. {@link io.xwasm.controlplane.takeover.PrimaryWatch} says when to look.
 * Every move is measured against the group's objectives. Read {@link
 * io.xwasm.controlplane.takeover.RoleMoves} first.
 */
@NullMarked
package io.xwasm.controlplane.takeover;

import org.jspecify.annotations.NullMarked;
