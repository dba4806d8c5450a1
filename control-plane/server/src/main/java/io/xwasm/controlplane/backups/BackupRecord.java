package io.xwasm.controlplane.backups;

import io.xwasm.controlplane.api.BackupView;
import org.jspecify.annotations.Nullable;

/**
 * A backup and the key that opens it.
 *
 * @param branch of the group's chain on which its block lies; null when that was not noted
 * @param sealedKey its data key, sealed with the key-encryption key for this backup alone
 */
record BackupRecord(long sequence, BackupView view, @Nullable Long branch, byte[] sealedKey) {
    static final String RUNNING = "running";
    static final String UNVERIFIED = "unverified";
    static final String VERIFIED = "verified";
    static final String FAILED = "failed";

    /** Whether it was written to its end, whatever became of it since. */
    boolean taken() {
        return view.block() != null;
    }

    boolean running() {
        return view.state().equals(RUNNING);
    }

    /** Whether there is something to read, as far as is known. */
    boolean complete() {
        return view.state().equals(UNVERIFIED) || view.state().equals(VERIFIED);
    }
}
