package io.xwasm.backup;

import org.jspecify.annotations.Nullable;

/** A key is missing, unreadable or the wrong one; the sentence says which, and what would help. */
public final class KeyUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeyUnavailable(String sentence) {
        this(sentence, null);
    }

    KeyUnavailable(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
