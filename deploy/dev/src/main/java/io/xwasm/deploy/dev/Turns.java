package io.xwasm.deploy.dev;

import io.xwasm.agent.protocol.Receipt;
import java.util.Collection;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * Parties of which each has at most one call under way, because its next one depends on the
 * receipt.
 *
 * @param <P> a party
 */
final class Turns<P> {
    private final LinkedBlockingQueue<P> idle;

    Turns(Collection<P> parties) {
        this.idle = new LinkedBlockingQueue<>(parties);
    }

    /** Waits for a party that is idle, and lets it call. */
    Receipt next(Function<P, Receipt> call) {
        P party;
        try {
            party = idle.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while every party was calling", e);
        }
        try {
            return call.apply(party);
        } finally {
            idle.add(party);
        }
    }
}
