package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A standby's ear: notices that the primary hung up or fell silent, and tells (rule 18). */
final class PrimaryWatch {
    private static final Logger log = LoggerFactory.getLogger(PrimaryWatch.class);

    /** A primary that is silent for so long is reported as lost. */
    private static final long SILENCE_MILLIS = 1_000;

    /**
     * A closed connection is reported unless a new one comes within this time, as it does when only
     * the epoch has changed. A report too many costs a look at the group, one too late costs all
     * callers the time.
     */
    private static final long GRACE_MILLIS = 5;

    private static final long TICK_MILLIS = 100;

    private final Supplier<@Nullable Follower> follower;
    private final Supplier<@Nullable Configuration> configuration;
    private final GroupEvents events;
    private final ScheduledExecutorService ticker;
    private volatile long lostReportedNanos;

    /**
     * @param configuration the newest in which another member is primary, else null
     */
    PrimaryWatch(
            Supplier<@Nullable Follower> follower,
            Supplier<@Nullable Configuration> configuration,
            GroupEvents events,
            ScheduledExecutorService ticker) {
        this.follower = follower;
        this.configuration = configuration;
        this.events = events;
        this.ticker = ticker;
    }

    void begin() {
        var _ =
                ticker.scheduleAtFixedRate(
                        this::tryToListen, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tryToListen() {
        try {
            listen();
        } catch (RuntimeException e) {
            // What is thrown here would end all listening to come.
            log.error("listening for the primary", e);
        }
    }

    private void listen() {
        var following = follower.get();
        var now = configuration.get();
        if (following == null || now == null) {
            return;
        }
        long silent = following.silentMillis();
        if (silent >= SILENCE_MILLIS
                && System.nanoTime() - lostReportedNanos
                        >= TimeUnit.MILLISECONDS.toNanos(SILENCE_MILLIS / 2)) {
            report(now, "it has been silent for %d ms".formatted(silent));
        }
    }

    /** The primary's connection closed in this epoch. */
    void hungUp(Epoch epoch, Follower following) {
        var _ =
                ticker.schedule(
                        () -> {
                            var now = configuration.get();
                            if (follower.get() == following
                                    && !following.connected()
                                    && now != null
                                    && now.epoch().equals(epoch)) {
                                report(now, "its connection closed");
                            }
                        },
                        GRACE_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    private void report(Configuration now, String why) {
        lostReportedNanos = System.nanoTime();
        events.primaryLost(now.group(), now.epoch(), now.primary(), why);
    }

    /** Whether the primary of the newest epoch was heard within the last second. */
    boolean hears() {
        var following = follower.get();
        return following != null
                && following.connected()
                && following.heardMillis() >= 0
                && following.heardMillis() < SILENCE_MILLIS;
    }
}
