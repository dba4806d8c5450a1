package io.xwasm.agent.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** A question of the control plane; {@link Reply} names the answer to each. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "ask")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Ask.Hearing.class, name = "hearing"),
    @JsonSubTypes.Type(value = Ask.Submit.class, name = "submit"),
    @JsonSubTypes.Type(value = Ask.Query.class, name = "query"),
    @JsonSubTypes.Type(value = Ask.DescribeContract.class, name = "describe-contract"),
    @JsonSubTypes.Type(value = Ask.Drain.class, name = "drain"),
    @JsonSubTypes.Type(value = Ask.Resume.class, name = "resume"),
    @JsonSubTypes.Type(value = Ask.Backup.class, name = "backup"),
    @JsonSubTypes.Type(value = Ask.Verify.class, name = "verify"),
    @JsonSubTypes.Type(value = Ask.Restore.class, name = "restore"),
    @JsonSubTypes.Type(value = Ask.CountCalls.class, name = "count-calls")
})
public sealed interface Ask {
    GroupId group();

    /**
     * Second witness (protocol rule 18): do you hear the primary, and how far is your chain?
     * Answer: {@link Reply.Heard}.
     */
    record Hearing(GroupId group) implements Ask {}

    /**
     * Put this call into a block and wait until it is committed. Answer: {@link Reply.Submitted}.
     *
     * @param call {@link SignedCall#toBytes}
     */
    record Submit(GroupId group, byte[] call) implements Ask {}

    /** Run a method on committed state and throw its writes away. Answer: {@link Reply.Queried}. */
    record Query(GroupId group, Address contract, String method, byte[] arguments) implements Ask {}

    /** What is deployed at this address. Answer: {@link Reply.ContractDescribed}. */
    record DescribeContract(GroupId group, Address contract) implements Ask {}

    /**
     * Take no new calls and commit what is queued, for a switchover. Ends by itself after {@code
     * holdMillis} when no new configuration comes. Answer: {@link Reply.Drained}.
     */
    record Drain(GroupId group, Epoch epoch, long holdMillis) implements Ask {}

    /** Take calls again after a {@link Drain} that led nowhere. Answer: {@link Reply.Done}. */
    record Resume(GroupId group) implements Ask {}

    /**
     * Write an encrypted backup of the newest committed state. Answer: {@link Reply.BackedUp}.
     *
     * @param backup its id; names the folder
     * @param location folder of the repository, the same on every node
     * @param dataKey Tink keyset of this backup in its JSON form, base64
     */
    record Backup(GroupId group, String backup, String location, String dataKey) implements Ask {}

    /**
     * Restore into a scratch ledger and compare the state root with the header's. Answer: {@link
     * Reply.Verified}.
     */
    record Verify(GroupId group, String backup, String location, String dataKey) implements Ask {}

    /**
     * Put the backup's ledger in place of the group's on this node; what was there is set aside.
     * The new ledger has a new incarnation. Answer: {@link Reply.Restored}.
     *
     * @param epoch of the restore: the restored ledger refuses everything older
     */
    record Restore(GroupId group, String backup, String location, String dataKey, Epoch epoch)
            implements Ask {}

    /**
     * How many committed calls are in blocks above this one. Any member answers, as far as it
     * knows. Answer: {@link Reply.CallsCounted}.
     *
     * @param block hash of the block at that height, by which the answer says whether it is on this
     *     chain; null when any will do
     */
    record CountCalls(GroupId group, long aboveHeight, @Nullable Hash block) implements Ask {}
}
