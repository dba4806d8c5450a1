package io.xwasm.agent.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The keys of a YAML file, with environment variables over them; collects everything that is wrong
 * before it complains.
 */
final class YamlSettings {
    private static final String PREFIX = "XWASM_AGENT_";

    private final Path file;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final TreeSet<String> unread = new TreeSet<>();
    private final List<String> findings = new ArrayList<>();

    private YamlSettings(Path file) {
        this.file = file;
    }

    static YamlSettings read(Path file, Map<String, String> environment) {
        var settings = new YamlSettings(file);
        try {
            settings.collect("", new YAMLMapper().readTree(Files.readString(file)));
        } catch (IOException e) {
            throw new ConfigurationRefused(
                    "the configuration file %s cannot be read: %s".formatted(file, e.getMessage()));
        } catch (JacksonException e) {
            throw new ConfigurationRefused(
                    "the configuration file %s is no YAML: %s"
                            .formatted(file, e.getOriginalMessage()));
        }
        settings.unread.addAll(settings.values.keySet());
        environment.forEach(settings::override);
        return settings;
    }

    private void collect(String prefix, JsonNode node) {
        for (var entry : node.properties()) {
            var key = prefix + entry.getKey();
            if (entry.getValue().isObject()) {
                collect(key + ".", entry.getValue());
            } else {
                values.put(key, entry.getValue().asString());
            }
        }
    }

    /** {@code XWASM_AGENT_HTTP_PORT} stands over {@code http.port}. */
    private void override(String name, String value) {
        if (name.startsWith(PREFIX)) {
            var wanted = name.substring(PREFIX.length());
            List.of(
                            "node",
                            "http.bind",
                            "http.port",
                            "replication.bind",
                            "replication.port",
                            "data.directory",
                            "control-plane.url",
                            "control-plane.token-file")
                    .stream()
                    .filter(key -> variable(key).equals(wanted))
                    .forEach(key -> values.put(key, value));
        }
    }

    private static String variable(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** A key that must be there. The stand-in is used only until {@link #finish} complains. */
    <T> T value(String key, Function<String, T> parse, T standIn) {
        var text = take(key);
        if (text == null) {
            findings.add("%s is missing".formatted(key));
            return standIn;
        }
        return parsed(key, text, parse, standIn);
    }

    <T> T optional(String key, Function<String, T> parse, T otherwise) {
        var text = take(key);
        return text == null ? otherwise : parsed(key, text, parse, otherwise);
    }

    private @Nullable String take(String key) {
        unread.remove(key);
        return values.get(key);
    }

    private <T> T parsed(String key, String text, Function<String, T> parse, T standIn) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            findings.add("%s: %s".formatted(key, e.getMessage()));
            return standIn;
        }
    }

    /**
     * @throws ConfigurationRefused naming every key that is unknown, missing or impossible
     */
    void finish() {
        unread.forEach(key -> findings.add("%s is no key of an agent".formatted(key)));
        if (!findings.isEmpty()) {
            throw new ConfigurationRefused(
                    "the configuration file %s cannot be used: %s"
                            .formatted(file, String.join("; ", findings)));
        }
    }
}
