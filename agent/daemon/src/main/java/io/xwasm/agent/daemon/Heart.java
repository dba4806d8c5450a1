package io.xwasm.agent.daemon;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Beats each second for as long as the process lives: a node that falls silent is taken for lost.
 */
final class Heart implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Heart.class);
    private static final long BEAT_MILLIS = 1_000;

    private final Runnable beat;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("heartbeat").factory());

    /** The first beat comes a second from now. */
    Heart(Runnable beat) {
        this.beat = beat;
        timer.scheduleAtFixedRate(this::tryToBeat, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tryToBeat() {
        try {
            beat.run();
        } catch (RuntimeException e) {
            // What is thrown here would end all beats to come.
            log.error("a heartbeat is left out", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
