package io.xwasm.agent.testing.scenario;

/** A scenario's file cannot be read as one; the message names file and place of each mistake. */
public final class BadScenario extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BadScenario(String message) {
        super(message);
    }
}
