package io.xwasm.backup;

import org.jspecify.annotations.Nullable;

/** A backup is not what was written; the sentence names backup, object and damage. */
public final class BackupDamaged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BackupDamaged(String backup, String damage) {
        this(backup, damage, null);
    }

    public BackupDamaged(String backup, String damage, @Nullable Throwable cause) {
        super("backup %s is damaged: %s".formatted(backup, damage), cause);
    }
}
