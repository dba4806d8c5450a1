package io.xwasm.backup.store;

/** The store does not work: full, not writable, not reachable. The sentence says what was tried. */
public final class StoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
