package io.xwasm.controlplane.backups;

import io.xwasm.controlplane.api.BackupView;

/**
 * A backup and the key that opens it.
 *
 * @param sealedKey its data key, sealed with the key-encryption key for this backup alone
 */
record BackupRecord(long sequence, BackupView view, byte[] sealedKey) {
    static final String RUNNING = "running";
    static final String UNVERIFIED = "unverified";
    static final String VERIFIED = "verified";
    static final String FAILED = "failed";

    boolean complete() {
        return view.state().equals(UNVERIFIED) || view.state().equals(VERIFIED);
    }
}
