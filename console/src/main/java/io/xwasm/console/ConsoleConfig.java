package io.xwasm.console;

import io.xwasm.console.look.Environment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What the console is told when it starts.
 *
 * @param bind address to listen on; loopback, as there is no TLS yet
 * @param port to listen on; 0 for any
 * @param controlPlane base address of the API
 * @param environment which fleet this is
 */
record ConsoleConfig(String bind, int port, URI controlPlane, Environment environment) {
    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "http.bind", "127.0.0.1",
                    "http.port", "7500",
                    "control-plane.url", "http://127.0.0.1:7400",
                    "environment.name", "Development",
                    "environment.kind", "development",
                    "fleet.name", "local");

    /** A configuration that cannot be used; the message names every reason. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(Path file, List<String> reasons) {
            super("%s cannot be used: %s".formatted(file, String.join("; ", reasons)));
        }
    }

    static ConsoleConfig read(Path file) throws Unusable {
        Map<String, String> given = new TreeMap<>();
        try {
            flatten("", new YAMLMapper().readTree(Files.readString(file)), given);
        } catch (IOException e) {
            throw new Unusable(file, List.of("it cannot be read (" + e.getMessage() + ")"));
        } catch (JacksonException e) {
            throw new Unusable(file, List.of("it is no YAML (" + e.getOriginalMessage() + ")"));
        }
        return check(file, given);
    }

    private static ConsoleConfig check(Path file, Map<String, String> given) throws Unusable {
        List<String> wrong = new ArrayList<>();
        given.keySet().stream()
                .filter(key -> !DEFAULTS.containsKey(key))
                .forEach(key -> wrong.add("the key %s is unknown".formatted(key)));
        var all = new TreeMap<>(DEFAULTS);
        all.putAll(given);
        int port = port(all.getOrDefault("http.port", ""), wrong);
        var bind = loopback(all.getOrDefault("http.bind", ""), wrong);
        var url = url(all.getOrDefault("control-plane.url", ""), wrong);
        var kind = all.getOrDefault("environment.kind", "");
        if (!kind.equals("development") && !kind.equals("production")) {
            wrong.add("environment.kind is development or production, not " + kind);
        }
        if (!wrong.isEmpty()) {
            throw new Unusable(file, wrong);
        }
        return new ConsoleConfig(
                bind,
                port,
                url,
                new Environment(
                        all.getOrDefault("environment.name", ""),
                        kind.equals("production"),
                        all.getOrDefault("fleet.name", "")));
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
        for (var entry : node.properties()) {
            var key = prefix + entry.getKey();
            if (entry.getValue().isObject()) {
                flatten(key + ".", entry.getValue(), into);
            } else {
                into.put(key, entry.getValue().asString());
            }
        }
    }

    private static int port(String text, List<String> wrong) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException _) {
            // Said below, with the same words as for a number out of range.
        }
        wrong.add("http.port is a number from 0 to 65535, not " + text);
        return 0;
    }

    private static String loopback(String bind, List<String> wrong) {
        try {
            if (!InetAddress.getByName(bind).isLoopbackAddress()) {
                wrong.add(
                        "http.bind is %s, but without TLS the console listens on loopback only"
                                .formatted(bind));
            }
        } catch (UnknownHostException _) {
            wrong.add("http.bind is no address: " + bind);
        }
        return bind;
    }

    private static URI url(String text, List<String> wrong) {
        try {
            var url = URI.create(text);
            if (url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        wrong.add("control-plane.url is no address: " + text);
        return URI.create("http://127.0.0.1");
    }
}
