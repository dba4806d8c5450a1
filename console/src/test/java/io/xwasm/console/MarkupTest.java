package io.xwasm.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Markup;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MarkupTest {
    @Test
    void text_cannot_become_markup() {
        var evil = "<img src=x onerror=\"alert('x')\">";

        assertThat(Markup.span("b", evil).with("title", evil).html())
                .isEqualTo(
                        "<span class=\"b\" title=\"&lt;img src=x onerror=&quot;alert(&#39;x&#39;)&quot;&gt;\">"
                                + "&lt;img src=x onerror=&quot;alert(&#39;x&#39;)&quot;&gt;</span>");
    }

    @Test
    void lists_are_shown_one_by_one_and_null_not_at_all() {
        assertThat(Markup.div("", null, List.of(Markup.bold("a"), "b")).html())
                .isEqualTo("<div><b>a</b>b</div>");
    }

    @Test
    void figures_are_short_and_keep_their_unit() {
        assertThat(Figures.number(4.2)).isEqualTo("4.2");
        assertThat(Figures.number(1284.4)).isEqualTo("1,284");
        assertThat(Figures.compact(271_000_000)).isEqualTo("271\u00a0M");
        assertThat(Figures.percent(0.0006)).isEqualTo("0.06\u00a0%");
        assertThat(Figures.millis(190)).isEqualTo("190\u00a0ms");
        assertThat(Figures.millis(258_000)).isEqualTo("4\u00a0min\u00a018\u00a0s");
        assertThat(Figures.millis(-1)).isEqualTo("unknown");
        assertThat(Figures.bytes(186_368)).isEqualTo("182\u00a0KiB");
        assertThat(Figures.age(Duration.ofHours(26))).isEqualTo("26\u00a0h");
    }
}
