/**
 * Backups of a group's ledger: taken, verified, restored, and taken again on a schedule.
 *
 * <p>The bytes never pass through here: an agent encrypts and writes them with a data key that is
 * made per backup and kept sealed in the catalogue. Verifying restores into a scratch ledger on a
 * node and compares the state root with the block's. Restoring stops the group, puts the backup's
 * ledger in place on its members, and gives the group a new configuration. Each is an operation
 * with journaled steps. Read {@link io.xwasm.controlplane.backups.Backups} first.
 */
@NullMarked
package io.xwasm.controlplane.backups;

import org.jspecify.annotations.NullMarked;
