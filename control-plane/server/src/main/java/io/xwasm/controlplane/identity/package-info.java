/**
 * Who does what: the words that access, audit, operations and the HTTP edge share.
 *
 * <p>A {@link io.xwasm.controlplane.identity.Caller} is who sent a request, with a role. An {@link
 * io.xwasm.controlplane.identity.Actor} is who does something, which may also be the control plane
 * itself. A {@link io.xwasm.controlplane.identity.Deed} is what the audit log keeps of it. An actor
 * carries the id of the one request it acts for, so that the same request tried again is known to
 * be the same. Read {@link io.xwasm.controlplane.identity.Actor} first.
 */
@NullMarked
package io.xwasm.controlplane.identity;

import org.jspecify.annotations.NullMarked;
