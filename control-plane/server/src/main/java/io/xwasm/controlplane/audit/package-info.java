/**
 * Who changed what: one entry per mutating request, refused ones included.
 *
 * <p>An entry is on disk before the request is answered. Each holds the hash of the one before and
 * its own, so that an entry that was changed or taken out is found by {@link
 * io.xwasm.controlplane.audit.AuditLog#verify}. What the control plane does by itself (failovers,
 * scheduled backups) has entries too. Passwords and tokens never get in. Read {@link
 * io.xwasm.controlplane.audit.AuditLog} first.
 */
@NullMarked
package io.xwasm.controlplane.audit;

import org.jspecify.annotations.NullMarked;
