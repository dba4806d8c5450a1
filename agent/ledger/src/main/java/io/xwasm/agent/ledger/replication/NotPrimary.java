package io.xwasm.agent.ledger.replication;

/** This member does not serve as primary now; ask the one that does. */
public final class NotPrimary extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotPrimary() {
        super("this member does not serve as primary now");
    }
}
