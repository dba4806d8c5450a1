package io.xwasm.controlplane.configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The values of all sources by key, and what was found wrong while they were taken. */
public final class Settings {
    private final String source;
    private final Map<String, JsonNode> values;
    private final Set<String> known = new TreeSet<>();
    private final List<String> findings = new ArrayList<>();

    private Settings(String source, Map<String, JsonNode> values) {
        this.source = source;
        this.values = values;
    }

    /**
     * @param source what to call it in messages: the file
     * @param document its content
     * @param overrides by key; these win
     */
    public static Settings of(String source, JsonNode document, Map<String, String> overrides) {
        var values = new TreeMap<String, JsonNode>();
        flatten("", document, values);
        overrides.forEach(
                (key, text) -> values.put(key, JsonNodeFactory.instance.stringNode(text)));
        return new Settings(source, values);
    }

    private static void flatten(String prefix, JsonNode node, Map<String, JsonNode> into) {
        if (!node.isObject()) {
            if (!prefix.isEmpty()) {
                into.put(prefix, node);
            }
            return;
        }
        for (var property : node.properties()) {
            var key = prefix.isEmpty() ? property.getKey() : prefix + "." + property.getKey();
            flatten(key, property.getValue(), into);
        }
    }

    public String text(String key, String otherwise) {
        return take(key, JsonNode::asString).orElse(otherwise);
    }

    public Optional<String> text(String key) {
        return take(key, JsonNode::asString);
    }

    public int number(String key, int otherwise) {
        return take(key, node -> Integer.parseInt(node.asString().strip())).orElse(otherwise);
    }

    public Duration seconds(String key, Duration otherwise) {
        return take(key, node -> millis(node.asString().strip())).orElse(otherwise);
    }

    public Optional<Path> path(String key) {
        return take(key, node -> Path.of(node.asString()));
    }

    public Path requiredPath(String key) {
        var path = path(key);
        if (path.isEmpty()) {
            findings.add(key + " is missing: a path is wanted");
        }
        return path.orElse(Path.of("missing"));
    }

    /** The elements of a list of objects, each read on its own. */
    public <T> List<T> each(String key, Function<Settings, T> read) {
        var elements = take(key, Function.identity());
        if (elements.isEmpty()) {
            return List.of();
        }
        if (!elements.get().isArray()) {
            findings.add(key + " is a list, which '%s' is not".formatted(elements.get()));
            return List.of();
        }
        var read1 = new ArrayList<T>();
        for (int i = 0; i < elements.get().size(); i++) {
            var inner = of(source, elements.get().get(i), Map.of());
            var place = "%s[%d].".formatted(key, i);
            var value = inner.checked(() -> read.apply(inner));
            inner.unknownKeys();
            inner.findings.forEach(finding -> findings.add(place + finding));
            if (value != null) {
                read1.add(value);
            }
        }
        return read1;
    }

    /** The texts of a list. */
    public List<String> texts(String key) {
        return take(key, Settings::textsOf).orElse(List.of());
    }

    private static List<String> textsOf(JsonNode node) {
        if (!node.isArray()) {
            throw new IllegalArgumentException("a list is wanted");
        }
        return node.valueStream().map(JsonNode::asString).toList();
    }

    private static Duration millis(String seconds) {
        return Duration.ofMillis(Math.round(Double.parseDouble(seconds) * 1000));
    }

    private <T> Optional<T> take(String key, Function<JsonNode, T> read) {
        known.add(key);
        var node = values.get(key);
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        try {
            return Optional.of(read.apply(node));
        } catch (IllegalArgumentException e) {
            findings.add("%s cannot be '%s'".formatted(key, node.asString(node.toString())));
            return Optional.empty();
        }
    }

    /** Makes a record; what its constructor refuses is kept as a finding. */
    public <T> @Nullable T checked(Supplier<T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            findings.add(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private void unknownKeys() {
        values.keySet().stream()
                .filter(key -> !known.contains(key))
                .forEach(key -> findings.add(key + " is no key" + suggestion(key)));
    }

    private String suggestion(String key) {
        var last = key.substring(key.lastIndexOf('.') + 1);
        return known.stream()
                .filter(other -> other.endsWith("." + last) || other.startsWith(key))
                .findFirst()
                .map(other -> "; did you mean " + other + "?")
                .orElse("");
    }

    /**
     * To be called when every key has been taken.
     *
     * @throws ConfigurationRefused naming everything that is wrong
     */
    public void complete() {
        unknownKeys();
        if (!findings.isEmpty()) {
            throw new ConfigurationRefused(source, findings);
        }
    }
}
