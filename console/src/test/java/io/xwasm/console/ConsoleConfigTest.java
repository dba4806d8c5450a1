package io.xwasm.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConsoleConfigTest {
    @TempDir Path folder;

    private ConsoleConfig read(String yaml) throws Exception {
        return ConsoleConfig.read(Files.writeString(folder.resolve("console.yaml"), yaml));
    }

    @Test
    void what_is_not_said_has_a_default() throws Exception {
        var config = read("fleet: {name: prod-eu}");

        assertThat(config.bind()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(7500);
        assertThat(config.environment().production()).isFalse();
        assertThat(config.environment().fleet()).isEqualTo("prod-eu");
    }

    @Test
    void unknown_and_impossible_keys_are_all_named_at_once() {
        assertThatThrownBy(() ->
                        read(
                                """
                                http: {port: 99999, bnd: 127.0.0.1}
                                environment: {kind: staging}
                                colour: blue
                                """))
                .isInstanceOf(ConsoleConfig.Unusable.class)
                .hasMessageContaining("the key http.bnd is unknown")
                .hasMessageContaining("the key colour is unknown")
                .hasMessageContaining("http.port is a number from 0 to 65535, not 99999")
                .hasMessageContaining("environment.kind is development or production, not staging");
    }

    @Test
    void only_loopback_is_listened_on() {
        assertThatThrownBy(() -> read("http: {bind: 0.0.0.0}"))
                .isInstanceOf(ConsoleConfig.Unusable.class)
                .hasMessageContaining("loopback only");
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        assertThatThrownBy(() -> ConsoleConfig.read(folder.resolve("none.yaml")))
                .isInstanceOf(ConsoleConfig.Unusable.class)
                .hasMessageContaining("none.yaml");
    }

    @Test
    void an_empty_file_is_all_defaults() throws Exception {
        assertThat(read("").port()).isEqualTo(7500);
    }
}
