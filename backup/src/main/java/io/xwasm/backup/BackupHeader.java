package io.xwasm.backup;

import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.Genesis;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Hash;
import java.time.Instant;

/**
 * Which ledger a backup holds, and at which block.
 *
 * @param format of the backup, {@link #FORMAT} when written by this version
 * @param backup its id; names its folder in the store
 * @param group whose ledger
 * @param height of the block after which the state was taken
 * @param block hash of that block's header
 * @param root state root in that header; a restore must reach it again
 * @param epoch in that header
 * @param genesis what the ledger began with
 * @param createdAt start of the backup
 * @param agentVersion of the agent that wrote it
 * @param vmSemantics version of the VM's semantics in that header
 */
public record BackupHeader(
        int format,
        String backup,
        GroupId group,
        long height,
        Hash block,
        Hash root,
        Epoch epoch,
        Genesis genesis,
        Instant createdAt,
        String agentVersion,
        int vmSemantics) {
    /** Rises when an older reader would not understand a newer backup. */
    public static final int FORMAT = 1;

    public BackupHeader {
        BackupObjects.requireId(backup);
    }

    /** A header in the format that this version writes. */
    public static BackupHeader of(
            String backup,
            GroupId group,
            long height,
            Hash block,
            Hash root,
            Epoch epoch,
            Genesis genesis,
            Instant createdAt,
            String agentVersion,
            int vmSemantics) {
        return new BackupHeader(
                FORMAT,
                backup,
                group,
                height,
                block,
                root,
                epoch,
                genesis,
                createdAt,
                agentVersion,
                vmSemantics);
    }
}
