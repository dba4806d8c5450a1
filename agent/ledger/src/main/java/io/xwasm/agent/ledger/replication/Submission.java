package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.Receipt;
import org.jspecify.annotations.Nullable;

/** What a caller is told. */
public sealed interface Submission {
    /** The call is in a committed block; perhaps since long ago, when it was sent before. */
    record Acknowledged(Receipt receipt) implements Submission {}

    /**
     * The call is not in the ledger and will not be.
     *
     * @param kind {@code nonce_used}, {@code nonce_too_far_ahead}, {@code expired}, {@code
     *     expires_too_late} or {@code busy}
     */
    record Refused(String kind, String message) implements Submission {}

    /**
     * This member cannot say: another is primary, or nobody is. Sending the same bytes again is
     * safe.
     *
     * @param primary null when none is known
     */
    record Elsewhere(@Nullable Member primary, String message) implements Submission {}
}
