/**
 * Backups in a folder that every node sees.
 *
 * <p>{@link io.xwasm.backup.store.local.LocalBackupStore} keeps one file per object. A file appears
 * under its name only when all its bytes are on the disk, so a killed writer leaves nothing but a
 * hidden temporary file. A name is taken by a hard link, which fails where a rename would
 * overwrite. The folder may be a network mount; whoever mounts it decides how durable an fsync is
 * there. Read {@link io.xwasm.backup.store.local.LocalBackupStore} first.
 */
@NullMarked
package io.xwasm.backup.store.local;

import org.jspecify.annotations.NullMarked;
