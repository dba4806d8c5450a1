package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.store.StoredRecord;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Incarnation;
import java.util.List;

/**
 * What members of a group say to each other. Every one carries the sender's epoch or a whole
 * configuration (rules 3, 24).
 */
sealed interface ReplicationMessage {
    /** From a primary: the first message on a connection. */
    record Open(GroupId group, Incarnation from, Incarnation to, Configuration configuration)
            implements ReplicationMessage {}

    /**
     * Answers {@link Open}.
     *
     * @param heights of the newest blocks, descending, the tip first; the last may be 0
     * @param hashes theirs
     */
    record Opened(Incarnation from, Epoch epoch, List<Long> heights, List<Hash> hashes)
            implements ReplicationMessage {}

    /** Take your chain back to this block, then tell where you are with an {@link Ack}. */
    record Cut(Epoch epoch, long height) implements ReplicationMessage {}

    record Append(Epoch epoch, long committed, byte[] block) implements ReplicationMessage {}

    /** Still here; and this much is committed. */
    record Beat(Epoch epoch, long committed) implements ReplicationMessage {}

    /** Asks whether the receiver's highest epoch is still this one (rule 13). */
    record Confirm(Epoch epoch, long round) implements ReplicationMessage {}

    /** A newer configuration, passed on (rule 24). */
    record News(Configuration configuration) implements ReplicationMessage {}

    /** A full copy begins: forget what you have. */
    record SeedBegin(Epoch epoch, long height) implements ReplicationMessage {}

    record SeedRecords(List<StoredRecord> records) implements ReplicationMessage {}

    /** The copy is whole; its state has this root. */
    record SeedEnd(Hash root) implements ReplicationMessage {}

    /**
     * From a follower: this is on my disk (rule 6).
     *
     * @param executed height up to which it has executed
     * @param root state root there
     */
    record Ack(Incarnation from, Epoch epoch, long height, Hash hash, long executed, Hash root)
            implements ReplicationMessage {}

    record Confirmed(Epoch epoch, long round) implements ReplicationMessage {}

    /** From a follower that knows better: your epoch is over (rule 3). */
    record Refused(String why, Configuration configuration) implements ReplicationMessage {}
}
