package io.xwasm.agent.protocol;

import org.jspecify.annotations.Nullable;

/**
 * How one member of a group is, as it sees itself.
 *
 * @param role of this member in the newest configuration that it has seen
 * @param serving whether a primary acknowledges calls at this moment
 * @param needsEpoch whether it is named primary but was started anew since, so that it must not
 *     serve before it gets a newer epoch (protocol rule 9)
 * @param epoch of that configuration; {@link Epoch#NONE} before the first
 * @param version of that configuration's row
 * @param lastBlockEpoch of the newest block on its disk
 * @param height of the newest block on its disk
 * @param hash of that block's header
 * @param committed height up to which it knows blocks to be committed
 * @param executed height whose state it holds
 * @param root state root after {@code executed}
 * @param oldestUncommittedMillis age of the oldest block that waits for commitment, 0 when none
 *     does
 * @param lagMillis a standby's: age of the oldest block it has not executed; 0 at a primary
 * @param walSyncs fsyncs of the write-ahead log since the ledger was opened
 * @param blocksWritten appends of blocks since the ledger was opened; in sync each is one block
 * @param primaryHeardMillis a standby's: since the primary was last heard; −1 when never
 * @param openMillis since this process opened the ledger: a member that runs for longer is warm
 * @param quarantined whether its state differs from committed roots, so that it must not be
 *     promoted (protocol rule 26)
 * @param sentence what it is doing, for people
 */
public record MemberReport(
        GroupId group,
        Incarnation incarnation,
        Role role,
        boolean serving,
        boolean needsEpoch,
        Epoch epoch,
        long version,
        Epoch lastBlockEpoch,
        long height,
        Hash hash,
        long committed,
        long executed,
        Hash root,
        long oldestUncommittedMillis,
        long lagMillis,
        long walSyncs,
        long blocksWritten,
        long primaryHeardMillis,
        long openMillis,
        boolean quarantined,
        @Nullable String sentence) {
    /** What a member is in its group. */
    public enum Role {
        PRIMARY,
        /** In sync. */
        STANDBY,
        /** Not in the in-sync set: new, seeding, or catching up. */
        CATCHING_UP
    }
}
