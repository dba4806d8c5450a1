package io.xwasm.agent.ledger.store;

import org.jspecify.annotations.Nullable;

/**
 * A ledger folder cannot be read or written; the sentence names folder and cause. Nobody may go on
 * with it (rule 5).
 */
public final class LedgerDamaged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerDamaged(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
