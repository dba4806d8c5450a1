package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.SignedCall;

/** Hears of every call that this primary acknowledged, for the metrics. */
public interface CallObserver {
    /**
     * @param nanos from the call's arrival to its acknowledgement
     * @param executionNanos of these, spent executing
     */
    void acknowledged(SignedCall call, Receipt receipt, long nanos, long executionNanos);
}
