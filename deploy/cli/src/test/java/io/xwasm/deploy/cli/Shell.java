package io.xwasm.deploy.cli;

import io.xwasm.agent.protocol.Json;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Runs the command as a shell would, without a process. */
final class Shell {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final Map<String, String> environment = new HashMap<>();

    /**
     * @param folder the development fleet's, empty if there is none
     */
    Shell(Path folder) {
        environment.put("XWASM_DEV_DIR", folder.toString());
        environment.put("XDG_DATA_HOME", folder.toString());
    }

    record Ran(int code, String out, String err) {
        JsonNode json() {
            return Json.MAPPER.readTree(out);
        }
    }

    Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Ran run(String... arguments) {
        return runWithInput("", arguments);
    }

    Ran runWithInput(String input, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var terminal =
                new Terminal(
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        new BufferedReader(new StringReader(input)),
                        false,
                        false,
                        Map.copyOf(environment));
        int code = XwasmMain.run(terminal, InstantSource.fixed(NOW), _ -> {}, arguments);
        return new Ran(code, out.toString(), err.toString());
    }
}
