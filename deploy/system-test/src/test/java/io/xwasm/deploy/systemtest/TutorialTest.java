package io.xwasm.deploy.systemtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.deploy.bench.BenchFleet;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types what the tutorial says, word for word, and sees what it promises. */
class TutorialTest {
    private static final Path TUTORIAL = Path.of("../../agent/contract-sdk/TUTORIAL.md");
    private static final long PATIENCE_SECONDS = 300;

    @TempDir private Path folder;

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(TUTORIAL))
                .results()
                .map(m -> m.group(1))
                .toList();
    }

    @Test
    void a_reader_gets_from_nothing_to_an_upgraded_contract_and_back() throws Exception {
        var commands = blocks("sh");
        assertThat(commands).hasSize(4);
        assertThat(commands.getFirst().strip()).isEqualTo("xwasm dev");
        var fleet = folder.resolve("fleet");
        try (var _ = BenchFleet.start(BenchFleet.home(), fleet, 18_900, List.of())) {
            var made = type(commands.get(1), folder, fleet);
            assertThat(made).contains("2 passed", "passed  Anybody counts");

            var project = folder.resolve("guest-book");
            var deployed = type(commands.get(2), project, fleet);
            assertThat(deployed.lines().toList().getLast()).isEqualTo("5");

            Files.writeString(project.resolve("src/lib.rs"), blocks("rust").getFirst());
            var upgraded = type(commands.get(3), project, fleet).lines().toList();
            assertThat(upgraded).contains("5", "9");
            assertThat(upgraded.indexOf("5")).isLessThan(upgraded.indexOf("9"));
            assertThat(upgraded).anyMatch(l -> l.contains("running") && l.contains("rollback"));
        }
    }

    private String type(String commands, Path where, Path fleet) throws Exception {
        var programs = Files.createDirectories(folder.resolve("bin"));
        var xwasm = programs.resolve("xwasm");
        Files.writeString(
                xwasm,
                "#!/bin/sh\nexec '%s' \"$@\"\n"
                        .formatted(BenchFleet.home().resolve("bin").resolve("xwasm")));
        assertThat(xwasm.toFile().setExecutable(true)).isTrue();
        var said = Files.createTempFile(folder, "said", "");
        var shell =
                new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
                        .directory(where.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile());
        shell.environment().put("JAVA_HOME", System.getProperty("java.home"));
        shell.environment().put("XWASM_DEV_DIR", fleet.toString());
        shell.environment().merge("PATH", "", (path, _) -> programs + File.pathSeparator + path);
        var running = shell.start();
        boolean ended = running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        running.descendants().forEach(ProcessHandle::destroy);
        running.destroy();
        var text = Files.readString(said, UTF_8);
        assertThat(ended).as("ended in time: %s", text).isTrue();
        assertThat(running.exitValue()).as(text).isZero();
        return text;
    }
}
