package io.xwasm.deploy.dev;

import org.jspecify.annotations.Nullable;

/** The fleet cannot be started or stopped; the message says why and what would help. */
final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotStart(String sentence) {
        this(sentence, null);
    }

    CannotStart(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
