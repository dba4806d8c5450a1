package io.xwasm.agent.protocol;

import org.jspecify.annotations.Nullable;

/** Bytes or text that are not what they should be; the sentence says what was wrong. */
public final class MalformedMessage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedMessage(String sentence) {
        this(sentence, null);
    }

    public MalformedMessage(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
