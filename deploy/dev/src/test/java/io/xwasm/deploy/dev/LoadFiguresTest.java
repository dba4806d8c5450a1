package io.xwasm.deploy.dev;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoadFiguresTest {
    private static final long MILLI = 1_000_000L;

    @Test
    void the_line_shows_throughput_errors_and_the_longest_gap() {
        var figures = new LoadFigures("swaps", 0);
        for (int i = 1; i <= 100; i++) {
            figures.acknowledged(5 * MILLI * i);
        }
        assertThat(figures.line(1000 * MILLI))
                .isEqualTo("load: 100 swaps/s, 100 acknowledged, 0 errors, longest gap 500 ms");
        figures.acknowledged(1200 * MILLI);
        figures.error("no primary");
        assertThat(figures.line(2000 * MILLI))
                .isEqualTo(
                        "load: 1 swaps/s, 101 acknowledged, 1 errors, longest gap 800 ms (last error: no primary)");
    }
}
