package io.xwasm.agent.ledger.replication;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What speaks for it that a primary itself is at fault, and not its members (rules 15 and 18). */
final class OwnFault {
    /** On a machine that is always late, a member that is gone must still be removed. */
    private static final int PARDONS = 3;

    /** A write that takes longer than this hangs (rule 18). */
    private static final long HUNG_MILLIS = 1_000;

    /** What comes from the same cause comes within this time. */
    private static final long ONE_CAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A second fault within this time is no chance any more, and as long is no further asked. */
    private static final long REPEATED_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final SelfSuspicion suspicion;
    private final LongSupplier writingMillis;
    private final LongSupplier nanos;
    private boolean everAtFault;
    private long faultNanos;
    private boolean everAsked;
    private long askedNanos;

    /**
     * @param writingMillis how long the write to the own disk has been running that runs now, 0
     *     when none does
     */
    OwnFault(SelfSuspicion suspicion, LongSupplier writingMillis, LongSupplier nanos) {
        this.suspicion = suspicion;
        this.writingMillis = writingMillis;
        this.nanos = nanos;
    }

    /** Whether the own disk takes a write and does not end it. */
    boolean diskHangs() {
        return writingMillis.getAsLong() > HUNG_MILLIS;
    }

    /**
     * Why a member's silence may be the primary's own fault, or null when nothing speaks for it.
     *
     * @param silences how often in a row the member was silent
     * @param hearsNobody whether all members that count are slow
     */
    @Nullable String excuse(int silences, boolean hearsNobody) {
        if (diskHangs()) {
            return "the own disk hangs";
        }
        if (silences <= PARDONS && suspicion.stoodStillWithin(MemberLink.SILENCE_MILLIS)) {
            return "this process stood still";
        }
        return hearsNobody ? "no member is heard" : null;
    }

    /**
     * Notes a fault that was the primary's own.
     *
     * @return whether it is time to ask for a switchover: a first fault only gives the members
     *     their time again, as any process may pause once
     */
    synchronized boolean isRepeated() {
        long now = nanos.getAsLong();
        boolean oneCause = everAtFault && now - faultNanos < ONE_CAUSE_NANOS;
        boolean repeated = everAtFault && !oneCause && now - faultNanos < REPEATED_NANOS;
        if (!oneCause) {
            everAtFault = true;
            faultNanos = now;
        }
        if (!repeated || (everAsked && now - askedNanos < REPEATED_NANOS)) {
            return false;
        }
        everAsked = true;
        askedNanos = now;
        return true;
    }
}
