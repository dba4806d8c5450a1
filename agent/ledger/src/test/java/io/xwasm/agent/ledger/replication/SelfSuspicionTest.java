package io.xwasm.agent.ledger.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Protocol rule 15, with a clock that the test moves. */
class SelfSuspicionTest {
    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
    private final SelfSuspicion suspicion = new SelfSuspicion(nanos::get);

    private void pass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private void tickFor(long millis) {
        for (long passed = 0; passed < millis; passed += 100) {
            pass(100);
            suspicion.tick();
        }
    }

    @Test
    void a_timer_that_fires_in_time_raises_no_suspicion() {
        tickFor(3_000);
        pass(350);

        assertThat(suspicion.stoodStillWithin(1_500)).isFalse();
    }

    @Test
    void a_timer_that_fired_late_is_remembered_for_as_long_as_asked() {
        tickFor(500);
        pass(1_000);
        suspicion.tick();

        assertThat(suspicion.stoodStillWithin(1_500)).isTrue();
        tickFor(1_500);
        assertThat(suspicion.stoodStillWithin(1_500)).isTrue();
        tickFor(100);
        assertThat(suspicion.stoodStillWithin(1_500)).isFalse();
    }

    @Test
    void a_timer_that_has_not_fired_yet_is_late_too() {
        tickFor(500);
        pass(2_000);

        assertThat(suspicion.stoodStillWithin(1_500)).isTrue();
    }
}
