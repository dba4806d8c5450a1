package io.xwasm.deploy.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process: exit codes and sentences. */
class DevMainTest {
    @TempDir Path folder;

    @Test
    void stopping_what_does_not_run_is_one_sentence_and_exit_code_1() throws Exception {
        var ran = run("stop", "--data", folder.toString());
        assertThat(ran.text()).isEqualTo("xwasm dev: no fleet runs on " + folder + "\n");
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void impossible_options_are_one_sentence() throws Exception {
        assertThat(run("--nodes", "0", "--data", folder.toString()).text())
                .isEqualTo("xwasm dev: --nodes is 1 to 20, was 0\n");
        assertThat(run("--frob").code()).isEqualTo(2);
    }

    @Test
    void in_the_background_an_error_still_reaches_the_one_who_asked() throws Exception {
        var ran = run("--detach", "--data", folder.toString(), "--port-base", "99999");
        assertThat(ran.text()).isEqualTo("xwasm dev: --port-base is 1 to 65485, was 99999\n");
        assertThat(ran.code()).isEqualTo(1);
    }

    private record Ran(int code, String text) {}

    private static Ran run(String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DevMain.class.getName()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var reader = process.inputReader()) {
            var text = new StringBuilder();
            reader.lines().forEach(line -> text.append(line).append('\n'));
            return new Ran(process.waitFor(), text.toString());
        }
    }
}
