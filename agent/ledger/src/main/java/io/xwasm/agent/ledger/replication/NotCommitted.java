package io.xwasm.agent.ledger.replication;

/**
 * This member holds blocks of which it cannot tell yet whether they are committed, so it gives
 * nothing of them away (rule 8). Another member can, or this one when it has heard of its primary.
 */
public final class NotCommitted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotCommitted(String sentence) {
        super(sentence);
    }
}
