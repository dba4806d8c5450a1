package io.xwasm.agent.daemon;

/** A configuration cannot be used; the message names the file and every key that is wrong. */
final class ConfigurationRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigurationRefused(String message) {
        super(message);
    }
}
