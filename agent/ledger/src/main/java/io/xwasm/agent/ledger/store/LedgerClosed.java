package io.xwasm.agent.ledger.store;

/**
 * A ledger was used after it was closed or replaced; whoever did so was on its way out, or asks
 * again.
 */
public final class LedgerClosed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LedgerClosed(String sentence) {
        super(sentence);
    }
}
