package io.xwasm.console.look;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.controlplane.api.ControlPlaneUnreachable;
import io.xwasm.controlplane.api.Page;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A long list is fetched as far as somebody looks, and again as far as somebody looks. */
final class StretchesTest {
    private static final int SIZE = 10;

    private final List<Integer> list = new ArrayList<>(IntStream.range(0, 95).boxed().toList());
    private final List<String> asked = new ArrayList<>();
    private boolean silent;

    private final Stretches<Integer> stretches = new Stretches<>(this::page, SIZE);

    private Page<Integer> page(@Nullable String cursor, int limit) {
        asked.add(String.valueOf(cursor));
        if (silent) {
            throw new ControlPlaneUnreachable(
                    URI.create("http://127.0.0.1"), new IOException("silent"));
        }
        int from = cursor == null ? 0 : Integer.parseInt(cursor);
        int to = Math.min(list.size(), from + limit);
        return new Page<>(list.subList(from, to), to < list.size() ? Integer.toString(to) : null);
    }

    private void begin() {
        stretches.begin(page(null, SIZE));
        asked.clear();
    }

    @Test
    void rows_come_in_order_and_no_further_than_asked() {
        begin();

        assertThat(stretches.rows(0, 10)).isEqualTo(list.subList(0, 10));
        assertThat(asked).isEmpty();
        assertThat(stretches.rows(5, 20)).isEqualTo(list.subList(5, 25));
        assertThat(asked).containsExactly("10", "20");
        assertThat(stretches.rows(20, 200)).isEqualTo(list.subList(20, 95));
    }

    @Test
    void only_what_is_looked_at_is_fetched_again() {
        begin();
        assertThat(stretches.rows(0, 95)).hasSize(95);
        list.set(42, 4_200);

        begin();

        assertThat(stretches.rows(40, 10)).contains(4_200).hasSize(10);
        assertThat(asked).containsExactly("40");
    }

    @Test
    void a_list_that_got_shorter_ends_earlier() {
        begin();
        assertThat(stretches.rows(0, 95)).hasSize(95);
        list.subList(35, 95).clear();

        begin();

        assertThat(stretches.rows(0, 95)).isEqualTo(list);
        assertThat(stretches.rows(50, 10)).isEmpty();
    }

    @Test
    void what_cannot_be_fetched_is_left_out_and_there_again_later() {
        begin();
        silent = true;
        assertThat(stretches.rows(0, 20)).isEqualTo(list.subList(0, 10));

        silent = false;
        assertThat(stretches.rows(0, 20)).isEqualTo(list.subList(0, 20));
    }
}
