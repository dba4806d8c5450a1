/**
 * Who leads a group and who is in sync: configurations, their formation, and how groups look.
 *
 * <p>{@link io.xwasm.controlplane.groups.GroupConfigurations} holds one row per group; every change
 * is a compare-and-set on its version and raises the epoch (protocol rule 2). {@link
 * io.xwasm.controlplane.groups.Groups} forms new groups, answers a primary that asks to shrink or
 * grow its in-sync set (rules 14 and 15) and tells every member the newest row (rule 24). Who takes
 * over when a primary is lost is decided elsewhere, behind {@link
 * io.xwasm.controlplane.groups.Takeover}. Metadata that are older than what members have seen
 * freeze a group (rule 4). Read {@link io.xwasm.controlplane.groups.GroupConfigurations} first.
 */
@NullMarked
package io.xwasm.controlplane.groups;

import org.jspecify.annotations.NullMarked;
