package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.SignedCall;
import java.util.concurrent.CompletableFuture;

/** A call on its way into a block, and whoever waits for it. */
final class Waiting {
    final SignedCall call;
    final Hash hash;
    final long arrivedNanos = System.nanoTime();
    final CompletableFuture<Submission> answer = new CompletableFuture<>();
    long executionNanos;

    Waiting(SignedCall call) {
        this.call = call;
        this.hash = call.hash();
    }
}
