package io.xwasm.agent.ledger.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ControlThreadTest {
    private final List<Throwable> failures = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final ControlThread control = new ControlThread("control", failures::add);

    /** A ledger that was closed must not be told of one more configuration. */
    @Test
    void what_was_told_after_the_last_is_not_done_and_nobody_waits_for_it() throws Exception {
        var last = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var ending =
                Thread.ofPlatform()
                        .start(() ->
                                control.end(() -> {
                                    last.countDown();
                                    awaitQuietly(mayEnd);
                                    done.add("last");
                                }));
        last.await();
        var late = control.run(() -> done.add("late"));
        mayEnd.countDown();
        ending.join();

        late.get(10, TimeUnit.SECONDS);
        control.run(() -> done.add("later still")).get(10, TimeUnit.SECONDS);
        assertThat(done).containsExactly("last");
        assertThat(failures).isEmpty();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
