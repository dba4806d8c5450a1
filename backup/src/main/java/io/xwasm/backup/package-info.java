/**
 * How a ledger is written down so that it can be brought back: chunks, a manifest, keys.
 *
 * <p>A {@link io.xwasm.backup.BackupWriter} cuts records into chunks, compresses and encrypts each
 * and writes the {@link io.xwasm.backup.Manifest} last, so that what has no manifest is no backup.
 * A {@link io.xwasm.backup.BackupReader} gives the same records back in the same order, or throws
 * {@link io.xwasm.backup.BackupDamaged} with a sentence that names backup, object and damage. Each
 * backup has its own {@link io.xwasm.backup.DataKey}, which lies beside it wrapped by {@link
 * io.xwasm.backup.KeyEncryption}; that keyset file is kept elsewhere and never leaves the control
 * plane. The bytes are specified in {@code backup/FORMAT.md}. Read {@link
 * io.xwasm.backup.BackupWriter} first.
 */
@NullMarked
package io.xwasm.backup;

import org.jspecify.annotations.NullMarked;
