package io.xwasm.agent.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Fuzzing that looks where the code goes, by Jazzer. What is kept in {@code src/test/fuzz} runs
 * every time, and so does a short search in a process of its own, which {@code -Dfuzz.minutes=30}
 * makes long. It leaves what it found worth keeping in {@code target/fuzz}, and an input that
 * breaks something as {@code crash-…} there.
 */
class CoverageFuzzTest {
    private static final long MINUTES = Long.getLong("fuzz.minutes", 0);
    private static final long SHORT_RUN_SECONDS = 10;
    private static final Path KEPT = Path.of("src/test/fuzz");

    @Test
    void kept_modules_are_refused_or_run() throws IOException {
        repeat("modules", FuzzedModules::fuzzerTestOneInput);
    }

    @Test
    void kept_host_calls_end() throws IOException {
        repeat("host-calls", FuzzedHostCalls::fuzzerTestOneInput);
    }

    @Test
    void modules_that_lead_elsewhere_break_nothing() throws Exception {
        fuzz("modules", FuzzedModules.class);
    }

    @Test
    void host_calls_that_lead_elsewhere_break_nothing() throws Exception {
        fuzz("host-calls", FuzzedHostCalls.class);
    }

    private static void repeat(String what, Consumer<byte[]> target) throws IOException {
        try (var files = Files.list(KEPT.resolve(what))) {
            var inputs = files.sorted().toList();
            assertThat(inputs).isNotEmpty();
            for (var input : inputs) {
                var bytes = Files.readAllBytes(input);
                assertThatCode(() -> target.accept(bytes))
                        .as(input.toString())
                        .doesNotThrowAnyException();
            }
        }
    }

    private static void fuzz(String what, Class<?> target) throws Exception {
        long seconds = MINUTES > 0 ? 60 * MINUTES : SHORT_RUN_SECONDS;
        var found = Files.createDirectories(Path.of("target/fuzz", what).toAbsolutePath());
        var command =
                List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+EnableDynamicAgentLoading",
                        "-XX:-DontCompileHugeMethods",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.getName(),
                        "--instrumentation_includes=io.xwasm.agent.vm.**:com.dylibso.chicory.wasm.**",
                        "--disabled_hooks=*",
                        "--custom_hook_excludes=**",
                        "--reproducer_path=" + found.getParent(),
                        "-artifact_prefix=" + found.getParent() + "/",
                        "-max_total_time=" + seconds,
                        "-timeout=300",
                        "-max_len=4096",
                        "-print_final_stats=1",
                        found.toString(),
                        KEPT.resolve(what).toAbsolutePath().toString());
        var log = found.resolveSibling(what + ".log");
        var jazzer =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        assertThat(jazzer.waitFor()).as("what %s says", log).isZero();
    }
}
