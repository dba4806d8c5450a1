package io.xwasm.deploy.systemtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.protocol.Json;
import io.xwasm.deploy.bench.BenchFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** The command line as a process of its own, beside the fleet in one folder. */
final class Cli {
    private static final long PATIENCE_SECONDS = 120;

    private final Path fleet;
    private final Path scratch;

    /**
     * @param fleet the folder of the fleet
     * @param scratch for what the processes say
     */
    Cli(Path fleet, Path scratch) {
        this.fleet = fleet;
        this.scratch = scratch;
    }

    /** What a command said and how it ended. */
    record Ran(List<String> typed, int exitCode, String out, String err) {
        Ran succeeds() {
            assertThat(exitCode).as("exit code of %s", this).isZero();
            return this;
        }

        /** It ends as something refused, with one sentence where errors go. */
        Ran isRefused(String... words) {
            assertThat(exitCode).as("exit code of %s", this).isNotZero();
            assertThat(err.strip().lines()).as("what %s complains of", this).hasSize(1);
            assertThat(List.of(words)).as("words in '%s'", err).allMatch(err::contains);
            assertThat(err).doesNotContain("\tat ");
            return this;
        }

        JsonNode json() {
            return Json.MAPPER.readTree(out);
        }
    }

    /** Runs {@code xwasm} to its end. */
    Ran run(String... arguments) throws IOException {
        return ran("xwasm", "", arguments);
    }

    /** With {@code --json}, which has to succeed. */
    JsonNode json(String... arguments) throws IOException {
        var all = new ArrayList<>(List.of("--json"));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new)).succeeds().json();
    }

    /** With a line on standard input. */
    Ran told(String line, String... arguments) throws IOException {
        return ran("xwasm", line, arguments);
    }

    /** Runs {@code xwasm-dev} on the fleet's folder to its end. */
    Ran dev(String... arguments) throws IOException {
        return ran("xwasm-dev", "", arguments);
    }

    private Ran ran(String program, String line, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(BenchFleet.home().resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        var in = Files.writeString(Files.createTempFile(scratch, "in", ""), line + "\n");
        var out = Files.createTempFile(scratch, "out", "");
        var err = Files.createTempFile(scratch, "err", "");
        var builder =
                new ProcessBuilder(command)
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("XWASM_DEV_DIR", fleet.toString());
        var process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(
                        "%s did not end within %d s".formatted(command, PATIENCE_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while %s ran".formatted(command), e);
        }
        return new Ran(
                List.of(arguments),
                process.exitValue(),
                Files.readString(out, UTF_8),
                Files.readString(err, UTF_8));
    }

    /** One of the shipped modules as a file, as a person has it. */
    String module(String name) throws IOException {
        return file(name + ".wasm", ShippedContracts.code(name));
    }

    String file(String name, byte[] bytes) throws IOException {
        return Files.write(scratch.resolve(name), bytes).toString();
    }
}
