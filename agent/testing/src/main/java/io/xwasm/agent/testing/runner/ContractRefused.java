package io.xwasm.agent.testing.runner;

/** A module, a deployment or a query that did not go through; the message says why. */
public final class ContractRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ContractRefused(String message) {
        super(message);
    }
}
