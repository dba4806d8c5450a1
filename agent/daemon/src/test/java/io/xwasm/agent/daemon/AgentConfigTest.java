package io.xwasm.agent.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.protocol.NodeId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentConfigTest {
    private static final String GOOD =
            """
            node: node-1
            data: {directory: /var/lib/xwasm}
            control-plane: {url: "http://127.0.0.1:7400", token-file: /etc/xwasm/agents}
            """;

    private Path file;

    @BeforeEach
    void place(@TempDir Path folder) {
        file = folder.resolve("agent.yaml");
    }

    private AgentConfig read(String yaml, Map<String, String> environment) throws IOException {
        Files.writeString(file, yaml);
        return AgentConfig.read(YamlSettings.read(file, environment));
    }

    @Test
    void what_is_not_said_has_a_default() throws Exception {
        assertThat(read(GOOD, Map.of()))
                .isEqualTo(
                        new AgentConfig(
                                new NodeId("node-1"),
                                new AgentConfig.Address("127.0.0.1", 7410),
                                new AgentConfig.Address("127.0.0.1", 7430),
                                Path.of("/var/lib/xwasm"),
                                URI.create("http://127.0.0.1:7400"),
                                Path.of("/etc/xwasm/agents")));
    }

    @Test
    void the_environment_stands_over_the_file() throws Exception {
        var config =
                read(
                        GOOD,
                        Map.of(
                                "XWASM_AGENT_NODE", "node-7",
                                "XWASM_AGENT_HTTP_PORT", "0",
                                "XWASM_AGENT_CONTROL_PLANE_TOKEN_FILE", "/run/token",
                                "PATH", "/bin"));

        assertThat(config.node()).isEqualTo(new NodeId("node-7"));
        assertThat(config.http().port()).isZero();
        assertThat(config.tokenFile()).isEqualTo(Path.of("/run/token"));
    }

    @Test
    void everything_that_is_wrong_is_named_at_once_with_its_file() {
        assertThatThrownBy(() ->
                        read(
                                """
                                node: "two words"
                                nodee: x
                                http: {bind: 0.0.0.0, port: many}
                                replication: {port: 70000, speed: 9}
                                """,
                                Map.of()))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContainingAll(
                        file.toString(),
                        "node: 'two words' is no node",
                        "nodee is no key of an agent",
                        "http.bind: plaintext is served on loopback only, not on '0.0.0.0'",
                        "http.port: 'many' is no number",
                        "replication.port: a port is 0 to 65535, was 70000",
                        "replication.speed is no key of an agent",
                        "data.directory is missing",
                        "control-plane.url is missing",
                        "control-plane.token-file is missing");
    }

    @Test
    void a_control_plane_is_an_http_address() {
        assertThatThrownBy(() -> read(GOOD.replace("http://127", "ftp://127"), Map.of()))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("control-plane.url: 'ftp://127.0.0.1:7400'");
    }

    @Test
    void a_file_that_is_missing_or_no_yaml_is_named() {
        assertThatThrownBy(() -> YamlSettings.read(file, Map.of()))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining(file.toString());
        assertThatThrownBy(() -> read("node: [", Map.of()))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContainingAll(file.toString(), "is no YAML");
    }
}
