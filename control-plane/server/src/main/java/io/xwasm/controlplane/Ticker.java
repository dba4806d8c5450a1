package io.xwasm.controlplane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does things again and again, each on a thread of its own, until it is closed. */
final class Ticker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    Ticker each(Duration period, String name, Runnable work) {
        threads.add(Thread.ofVirtual().name(name).unstarted(() -> repeat(period, name, work)));
        return this;
    }

    void start() {
        threads.forEach(Thread::start);
    }

    private void repeat(Duration period, String name, Runnable work) {
        try {
            while (!closing.await(period.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.error("{} failed; next try in {} ms", name, period.toMillis(), e);
                }
            }
        } catch (InterruptedException _) {
            // Nobody interrupts it but the end of the process.
        }
    }

    @Override
    public void close() {
        closing.countDown();
        for (var thread : threads) {
            try {
                if (thread.getState() != Thread.State.NEW) {
                    var _ = thread.join(Duration.ofSeconds(2));
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
