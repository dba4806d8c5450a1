package io.xwasm.agent.protocol.abi;

/** A value does not fit the interface; the message names the argument, the value and the type. */
public final class BadValue extends RuntimeException {
    public BadValue(String message) {
        super(message);
    }
}
