package io.xwasm.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GapsTest {
    private static final long MOMENT = millis(5_000);

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** One acknowledgement each 10 ms for twenty seconds, none within the hole. */
    private static long[] acknowledgements(long holeFrom, long holeTo) {
        return LongStream.range(0, 2_000)
                .map(i -> i * 10)
                .filter(at -> at <= holeFrom || at >= holeTo)
                .map(GapsTest::millis)
                .toArray();
    }

    @Test
    void the_gap_that_a_moment_lies_in_is_measured_from_acknowledgement_to_acknowledgement() {
        var gaps = Gaps.around(acknowledgements(4_990, 5_300), List.of(MOMENT));
        assertThat(gaps.getFirst().micros() / 1e3).isCloseTo(310, within(1.0));
    }

    @Test
    void a_gap_that_begins_soon_after_the_moment_belongs_to_it() {
        var gaps = Gaps.around(acknowledgements(5_500, 6_200), List.of(MOMENT));
        assertThat(gaps.getFirst().micros() / 1e3).isCloseTo(700, within(1.0));
    }

    @Test
    void a_gap_of_another_cause_is_not_counted() {
        var gaps = Gaps.around(acknowledgements(8_000, 9_000), List.of(MOMENT));
        assertThat(gaps.getFirst().micros() / 1e3).isCloseTo(10, within(1.0));
    }

    @Test
    void the_former_rate_is_back_when_a_quarter_of_a_second_is_as_full_as_before() {
        var times = acknowledgements(4_990, 5_300);
        assertThat(Gaps.backAtRate(times, List.of(MOMENT), 0.9)).isBetween(500.0, 600.0);
    }
}
