package io.xwasm.console.look;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.controlplane.api.Signals;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SignalsCardTest {
    private static Signals signals(List<Double> points) {
        return new Signals(0, 5_000, 0, points, points, points, points, points, points, 12, 1);
    }

    @Test
    void the_newest_point_is_left_out_because_its_time_is_not_over() {
        var shown = SignalsCard.complete(signals(List.of(60.0, 60.0, 31.0)));

        assertThat(shown).isEqualTo(signals(List.of(60.0, 60.0)));
    }

    @Test
    void one_point_is_better_than_none() {
        assertThat(SignalsCard.complete(signals(List.of(60.0))).calls()).containsExactly(60.0);
        assertThat(SignalsCard.complete(signals(List.of())).calls()).isEmpty();
    }
}
