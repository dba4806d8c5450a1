package io.xwasm.agent.vm;

/**
 * This module may not run here. The message says what is wrong and where, for the person who
 * uploaded it.
 */
public final class CodeRefused extends RuntimeException {
    public CodeRefused(String message) {
        super(message);
    }

    public CodeRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
