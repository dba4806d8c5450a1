package io.xwasm.controlplane.configuration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the YAML file and lays environment variables and flags over it. */
public final class YamlSettings {
    /** {@code XWASM_CP_HTTP_PORT} stands for {@code http.port}. */
    public static final String VARIABLE_PREFIX = "XWASM_CP_";

    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private YamlSettings() {}

    /**
     * @param file null when there is none
     * @param sets flags of the form {@code key=value}
     * @throws ConfigurationRefused when the file is missing or no YAML, or a flag has no value
     */
    public static Settings read(Path file, Map<String, String> environment, List<String> sets) {
        var overrides = new TreeMap<String, String>();
        environment.forEach((name, value) -> {
            if (name.startsWith(VARIABLE_PREFIX)) {
                overrides.put(key(name.substring(VARIABLE_PREFIX.length())), value);
            }
        });
        var findings = new ArrayList<String>();
        for (var set : sets) {
            int equals = set.indexOf('=');
            if (equals < 1) {
                findings.add("--set %s: section.key=value is wanted".formatted(set));
            } else {
                overrides.put(set.substring(0, equals), set.substring(equals + 1));
            }
        }
        if (!findings.isEmpty()) {
            throw new ConfigurationRefused("the flags", findings);
        }
        return Settings.of(file.toString(), document(file), overrides);
    }

    /** The section has no underscore in it, so the first one ends it; the rest are dashes. */
    private static String key(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        int end = lower.indexOf('_');
        return end < 0
                ? lower
                : lower.substring(0, end) + "." + lower.substring(end + 1).replace('_', '-');
    }

    private static JsonNode document(Path file) {
        if (!Files.isReadable(file)) {
            throw new ConfigurationRefused(
                    file.toString(), List.of("the file does not exist or cannot be read"));
        }
        try {
            var document = YAML.readTree(file);
            if (document.isMissingNode() || document.isNull()) {
                return JsonNodeFactory.instance.objectNode();
            }
            if (!document.isObject()) {
                throw new ConfigurationRefused(
                        file.toString(), List.of("sections with keys are wanted"));
            }
            return document;
        } catch (JacksonException e) {
            throw new ConfigurationRefused(
                    file.toString(), List.of("it is no YAML: " + e.getOriginalMessage()));
        }
    }
}
