package io.xwasm.agent.ledger.replication;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tells whether this process itself stood still of late: its timer fired late. What others seemed
 * to miss meanwhile says nothing about them (rule 15).
 */
final class SelfSuspicion {
    private static final long TICK_MILLIS = 100;

    /** A timer that fires so much too late was not just unlucky. */
    private static final long LATE_MILLIS = 300;

    private final LongSupplier nanos;
    private long tickedAt;
    private long lateAt;
    private boolean everLate;

    SelfSuspicion(LongSupplier nanos) {
        this.nanos = nanos;
        this.tickedAt = nanos.getAsLong();
    }

    void begin(ScheduledExecutorService ticker) {
        var _ =
                ticker.scheduleAtFixedRate(
                        this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    synchronized void tick() {
        long now = nanos.getAsLong();
        if (isLate(now)) {
            lateAt = now;
            everLate = true;
        }
        tickedAt = now;
    }

    private boolean isLate(long now) {
        return now - tickedAt > TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS + LATE_MILLIS);
    }

    /** Whether this process stood still at a moment of the last so many milliseconds. */
    synchronized boolean stoodStillWithin(long millis) {
        long now = nanos.getAsLong();
        // The timer itself may not have come to its turn yet.
        return isLate(now) || (everLate && now - lateAt <= TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
