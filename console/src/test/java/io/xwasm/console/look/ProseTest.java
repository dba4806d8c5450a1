package io.xwasm.console.look;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProseTest {
    @Test
    void a_sentence_has_a_capital_and_one_full_stop() {
        assertThat(Prose.sentence("callers see what they saw"))
                .isEqualTo("Callers see what they saw.");
        assertThat(Prose.sentence("It is there. ")).isEqualTo("It is there.");
        assertThat(Prose.sentence("")).isEmpty();
        assertThat(Prose.clause("It is there.")).isEqualTo("It is there");
    }

    @Test
    void a_name_is_left_as_it_is() {
        assertThat(Prose.sentence("node-1 is caught up")).isEqualTo("node-1 is caught up.");
    }

    @Test
    void a_person_is_named_without_the_token() {
        assertThat(Prose.person("admin (token local tools)")).isEqualTo("admin");
        assertThat(Prose.person("automation")).isEqualTo("automation");
    }
}
