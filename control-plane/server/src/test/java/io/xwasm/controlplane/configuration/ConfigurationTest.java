package io.xwasm.controlplane.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.controlplane.ControlPlaneConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    private static final String SOUND =
            """
            http: {port: 7400}
            data: {directory: /d}
            agents: {token-file: /t}
            groups: [{name: main, nodes: [a, b], minimum-size: 1}]
            backup: {location: /b, keyset-file: /k}
            """;

    @TempDir Path folder;

    @Test
    void a_sound_file_is_read() throws IOException {
        var config = read(SOUND, Map.of(), List.of());
        assertThat(config.http().port()).isEqualTo(7400);
        assertThat(config.groups().getFirst().nodes()).hasSize(2);
    }

    @Test
    void variables_win_over_the_file_and_flags_over_variables() throws IOException {
        var variables = Map.of("XWASM_CP_HTTP_PORT", "1", "XWASM_CP_ACCESS_BOOTSTRAP_USER", "eve");
        assertThat(read(SOUND, variables, List.of()).http().port()).isEqualTo(1);
        assertThat(read(SOUND, variables, List.of()).access().bootstrapUser()).isEqualTo("eve");
        assertThat(read(SOUND, variables, List.of("http.port=2")).http().port()).isEqualTo(2);
    }

    @Test
    void every_unknown_and_impossible_key_is_named_at_once() {
        var wrong =
                """
                http: {prot: 1, port: 99999}
                data: {}
                agents: {token-file: /t}
                groups: [{name: main, nodes: [a], minimum-size: 3, size: 2}]
                backup: {location: /b, keyset-file: /b/k}
                colour: blue
                """;
        assertThatThrownBy(() -> read(wrong, Map.of("XWASM_CP_HTTP_HOST", "x"), List.of()))
                .isInstanceOfSatisfying(
                        ConfigurationRefused.class,
                        e -> {
                            assertThat(e).hasMessageContaining(file().toString());
                            assertThat(e.findings())
                                    .anyMatch(f -> f.startsWith("http.prot is no key"))
                                    .anyMatch(f -> f.startsWith("http.host is no key"))
                                    .anyMatch(f -> f.startsWith("colour is no key"))
                                    .anyMatch(f -> f.startsWith("groups[0].size is no key"))
                                    .anyMatch(f -> f.contains("http.port is 0 to 65535"))
                                    .anyMatch(f -> f.contains("minimum-size of group main"))
                                    .anyMatch(f -> f.startsWith("data.directory is missing"))
                                    .anyMatch(f -> f.contains("backup.keyset-file lies inside"));
                        });
    }

    @Test
    void an_address_beyond_loopback_is_refused() {
        assertThatThrownBy(() -> read(SOUND, Map.of(), List.of("http.bind=0.0.0.0")))
                .hasMessageContaining("without TLS this process only listens on loopback");
    }

    @Test
    void a_number_that_is_none_is_named() {
        assertThatThrownBy(() -> read(SOUND, Map.of(), List.of("http.port=many")))
                .hasMessageContaining("http.port cannot be 'many'");
    }

    private Path file() {
        return folder.resolve("control-plane.yaml");
    }

    private ControlPlaneConfig read(String yaml, Map<String, String> variables, List<String> sets)
            throws IOException {
        Files.writeString(file(), yaml);
        return ControlPlaneConfig.from(YamlSettings.read(file(), variables, sets));
    }
}
