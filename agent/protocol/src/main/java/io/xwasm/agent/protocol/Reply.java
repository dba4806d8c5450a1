package io.xwasm.agent.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** An agent's answer to an {@link Ask}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reply")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Reply.Heard.class, name = "heard"),
    @JsonSubTypes.Type(value = Reply.Submitted.class, name = "submitted"),
    @JsonSubTypes.Type(value = Reply.Queried.class, name = "queried"),
    @JsonSubTypes.Type(value = Reply.ContractDescribed.class, name = "contract-described"),
    @JsonSubTypes.Type(value = Reply.Drained.class, name = "drained"),
    @JsonSubTypes.Type(value = Reply.Done.class, name = "done"),
    @JsonSubTypes.Type(value = Reply.BackedUp.class, name = "backed-up"),
    @JsonSubTypes.Type(value = Reply.Verified.class, name = "verified"),
    @JsonSubTypes.Type(value = Reply.Restored.class, name = "restored"),
    @JsonSubTypes.Type(value = Reply.CallsCounted.class, name = "calls-counted"),
    @JsonSubTypes.Type(value = Reply.Refused.class, name = "refused")
})
public sealed interface Reply {
    /**
     * @param hearsPrimary whether the primary of its newest epoch was heard within the last second
     */
    record Heard(boolean hearsPrimary, MemberReport report) implements Reply {}

    /**
     * @param receipt {@link Receipt#toBytes}
     */
    record Submitted(byte[] receipt) implements Reply {}

    /**
     * @param failure null when it succeeded
     * @param height of the committed block whose state answered
     */
    record Queried(byte[] result, Receipt.@Nullable Failure failure, long gasUsed, long height)
            implements Reply {}

    /**
     * @param code what the address runs
     * @param implementation what a proxy delegates to, else null
     * @param contractInterface JSON of the interface that callers see: the implementation's behind
     *     a proxy
     * @param codeSize bytes of the implementation behind a proxy, else of the code
     */
    record ContractDescribed(
            CodeHash code,
            @Nullable CodeHash implementation,
            String contractInterface,
            int codeSize,
            long height)
            implements Reply {}

    /** Everything up to this block is committed and no call is accepted any more. */
    record Drained(long height, Hash hash) implements Reply {}

    record Done() implements Reply {}

    /**
     * @param height of the block whose state it holds
     * @param block that block's hash
     * @param root its state root
     * @param records state records in it
     * @param bytes stored, after compression and encryption
     * @param manifestHash SHA-256 of the stored manifest
     */
    record BackedUp(
            long height,
            Hash block,
            Hash root,
            long records,
            long bytes,
            Hash manifestHash,
            long millis)
            implements Reply {}

    /**
     * @param root recomputed from the restored records; equal to the header's, or the answer is
     *     {@link Refused}
     */
    record Verified(long height, Hash block, Hash root, long records, long millis)
            implements Reply {}

    /**
     * @param incarnation of the ledger now in place
     * @param setAside folder that holds what was there before
     */
    record Restored(long height, Hash block, Hash root, Incarnation incarnation, String setAside)
            implements Reply {}

    /**
     * @param calls in the committed blocks above the height that was asked about
     * @param height of the newest committed block that was counted; below the one asked about when
     *     this ledger does not reach it
     * @param holds whether the block that was asked about is on this chain
     */
    record CallsCounted(long calls, long height, boolean holds) implements Reply {}

    /**
     * It could not be done.
     *
     * @param kind a stable word: {@code not_primary}, {@code not_hosted}, {@code stale_epoch},
     *     {@code bad_call}, {@code nonce_used}, {@code busy}, {@code backup_damaged}, {@code
     *     store_unavailable}, {@code failed}
     * @param message one sentence for a person
     */
    record Refused(String kind, String message) implements Reply {}
}
