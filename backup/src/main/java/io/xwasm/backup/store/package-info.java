/**
 * Where backups are kept, seen as names and bytes.
 *
 * <p>A {@link io.xwasm.backup.store.BackupStore} knows nothing of manifests, chunks or keys, so
 * that a new kind of store is one class and cannot weaken the format. Objects are written once and
 * never changed. What cannot be written because it is already there is {@link
 * io.xwasm.backup.store.AlreadyStored}; a store that does not work is {@link
 * io.xwasm.backup.store.StoreUnavailable}. The store in a folder is in {@code store.local}. Read
 * {@link io.xwasm.backup.store.BackupStore} first.
 */
@NullMarked
package io.xwasm.backup.store;

import org.jspecify.annotations.NullMarked;
