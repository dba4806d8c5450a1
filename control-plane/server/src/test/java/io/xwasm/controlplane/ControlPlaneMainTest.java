package io.xwasm.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process itself: how it ends when it cannot begin. */
class ControlPlaneMainTest {
    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void a_configuration() throws IOException {
        Files.writeString(folder.resolve("agents"), "the agents' token");
        Files.writeString(folder.resolve("password"), "a long password");
        Files.writeString(folder.resolve("logging.xml"), "<configuration/>");
        file =
                Files.writeString(
                        folder.resolve("control-plane.yaml"),
                        """
                        http: {port: 0}
                        data: {directory: %1$s/data}
                        agents: {token-file: %1$s/agents}
                        access: {bootstrap-password-file: %1$s/password, token-file: %1$s/token}
                        groups: [{name: main, nodes: [node-1], minimum-size: 1}]
                        backup: {location: %1$s/backups, keyset-file: %1$s/keyset.json}
                        """
                                .formatted(folder));
    }

    @Test
    void a_port_that_is_in_use_is_said_in_one_sentence() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(taken.getLocalPort());
            var ended = run("--config", file.toString(), "--set", "http.port=" + port);
            assertThat(ended.status()).isEqualTo(1);
            assertThat(ended.said())
                    .singleElement()
                    .asString()
                    .startsWith("cannot listen on 127.0.0.1 port " + port)
                    .endsWith("is it in use?");
        }
    }

    @Test
    void everything_that_is_wrong_with_the_file_is_said_at_once_with_its_name() throws Exception {
        Files.writeString(file, Files.readString(file) + "colour: blue\n");
        var ended = run("--config", file.toString(), "--set", "http.port=99999");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(String.join("\n", ended.said()))
                .contains(file.toString(), "colour is no key", "http.port is 0 to 65535")
                .doesNotContain("\tat ");
    }

    @Test
    void a_data_folder_that_cannot_be_made_is_said_in_one_sentence() throws Exception {
        var ended = run("--config", file.toString(), "--set", "data.directory=" + file + "/data");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.said())
                .singleElement()
                .asString()
                .startsWith("the data folder %s/data cannot be made".formatted(file));
    }

    private record Ended(int status, List<String> said) {}

    private Ended run(String... arguments) throws IOException, InterruptedException {
        var command =
                new java.util.ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                classPath(),
                                // As the distribution starts it.
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Dlogback.configurationFile=" + folder.resolve("logging.xml"),
                                ControlPlaneMain.class.getName()));
        command.addAll(List.of(arguments));
        var errors = folder.resolve("stderr");
        var process =
                new ProcessBuilder(command)
                        .redirectOutput(folder.resolve("stdout").toFile())
                        .redirectError(errors.toFile())
                        .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends by itself").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readAllLines(errors));
    }

    /** Surefire hides it behind a jar of its own. */
    private static String classPath() {
        return Objects.requireNonNullElseGet(
                System.getProperty("surefire.test.class.path"),
                () -> System.getProperty("java.class.path"));
    }
}
