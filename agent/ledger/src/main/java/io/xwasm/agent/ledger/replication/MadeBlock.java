package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.state.Change;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.SignedCall;
import java.util.List;

/** A block that is executed and not yet sealed. */
record MadeBlock(
        long height,
        long timeMillis,
        List<Waiting> waiting,
        List<Receipt> receipts,
        List<Change> changes) {
    List<SignedCall> calls() {
        return waiting.stream().map(w -> w.call).toList();
    }
}
