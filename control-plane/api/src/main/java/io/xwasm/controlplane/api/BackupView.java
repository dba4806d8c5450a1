package io.xwasm.controlplane.api;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.NodeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One backup.
 *
 * @param id unique
 * @param group of which ledger
 * @param state running, unverified, verified, or failed: not completed, or found damaged since
 * @param height block whose state it holds
 * @param block that block's hash
 * @param root its state root
 * @param records state records
 * @param bytes stored
 * @param createdAt start
 * @param createdBy user or schedule
 * @param takenBy node that wrote it
 * @param millis how long it took
 * @param verifiedAt last time it was restored into a scratch ledger and its root compared
 * @param verifiedBy node that did
 * @param location folder
 * @param keyId key-encryption key
 * @param failure why it failed, or what is damaged
 */
public record BackupView(
        String id,
        GroupId group,
        String state,
        long height,
        @Nullable Hash block,
        @Nullable Hash root,
        long records,
        long bytes,
        Instant createdAt,
        String createdBy,
        @Nullable NodeId takenBy,
        long millis,
        @Nullable Instant verifiedAt,
        @Nullable NodeId verifiedBy,
        String location,
        String keyId,
        @Nullable String failure) {}
