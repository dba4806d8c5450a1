package io.xwasm.agent.ledger.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OwnFaultTest {
    private final AtomicLong nanos = new AtomicLong(1);
    private final AtomicLong writingMillis = new AtomicLong();
    private final SelfSuspicion suspicion = new SelfSuspicion(nanos::get);
    private final OwnFault fault = new OwnFault(suspicion, writingMillis::get, nanos::get);

    private void pass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** As the process's timer does each 100 ms. */
    private void runFor(long millis) {
        for (long passed = 0; passed < millis; passed += 100) {
            pass(100);
            suspicion.tick();
        }
    }

    @Test
    void a_process_that_ran_all_the_time_and_hears_another_member_has_no_excuse() {
        runFor(2_000);
        assertThat(fault.excuse(1, false)).isNull();
    }

    @Test
    void a_process_that_stood_still_is_excused_so_often_in_a_row() {
        pass(1_000);
        suspicion.tick();
        assertThat(fault.excuse(1, false)).contains("stood still");
        assertThat(fault.excuse(3, false)).contains("stood still");
        assertThat(fault.excuse(4, false)).isNull();
    }

    @Test
    void who_hears_nobody_or_cannot_write_is_always_excused() {
        runFor(2_000);
        assertThat(fault.excuse(9, true)).contains("no member");
        writingMillis.set(1_001);
        assertThat(fault.excuse(9, false)).contains("disk");
    }

    @Test
    void a_write_hangs_when_it_takes_longer_than_a_second() {
        writingMillis.set(1_000);
        assertThat(fault.diskHangs()).isFalse();
        writingMillis.set(1_001);
        assertThat(fault.diskHangs()).isTrue();
    }

    @Test
    void the_first_fault_calls_for_nothing_and_the_second_within_half_a_minute_does() {
        assertThat(fault.isRepeated()).isFalse();
        pass(2_000);
        assertThat(fault.isRepeated()).isTrue();
    }

    @Test
    void the_silence_of_several_members_at_once_is_one_fault() {
        assertThat(fault.isRepeated()).isFalse();
        pass(900);
        assertThat(fault.isRepeated()).isFalse();
        pass(900);
        assertThat(fault.isRepeated()).isTrue();
    }

    @Test
    void faults_far_apart_call_for_nothing() {
        assertThat(fault.isRepeated()).isFalse();
        pass(31_000);
        assertThat(fault.isRepeated()).isFalse();
    }

    @Test
    void the_same_is_asked_once_in_half_a_minute() {
        assertThat(fault.isRepeated()).isFalse();
        pass(2_000);
        assertThat(fault.isRepeated()).isTrue();
        pass(2_000);
        assertThat(fault.isRepeated()).isFalse();
        pass(27_000);
        assertThat(fault.isRepeated()).isFalse();
        pass(2_000);
        assertThat(fault.isRepeated()).isTrue();
    }
}
