package io.xwasm.agent.vm;

/**
 * Unwinds a contract's frames up to its call. Thrown by host functions alone, often, and so without
 * a stack trace.
 */
final class ContractStopped extends RuntimeException {
    private final FailureKind kind;

    ContractStopped(FailureKind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    FailureKind kind() {
        return kind;
    }

    /** Always there: the constructor demands one. */
    String sentence() {
        var message = getMessage();
        return message == null ? "" : message;
    }
}
