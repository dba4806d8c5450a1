package io.xwasm.agent.testing.scenario;

import io.xwasm.agent.testing.runner.TestRunner;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads scenarios from YAML and collects what is wrong with them. */
public final class ScenarioFile {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern TIME = Pattern.compile("(\\d+)(ms|s|m|h|d)");

    /** The keys of each kind of step; the first names the kind. */
    private static final Map<String, Set<String>> STEPS =
            Map.of(
                    "call",
                    Set.of("as", "arguments", "value", "gas", "expect", "events", "fails"),
                    "query",
                    Set.of("arguments", "expect"),
                    "travel",
                    Set.of(),
                    "snapshot",
                    Set.of(),
                    "restore",
                    Set.of(),
                    "upgrade",
                    Set.of("as", "code", "migration", "fails"),
                    "rollback",
                    Set.of("as", "to", "code", "fails"),
                    "balances",
                    Set.of());

    private final Path file;
    private final List<String> mistakes = new ArrayList<>();

    private ScenarioFile(Path file) {
        this.file = file;
    }

    /**
     * Reads one file.
     *
     * @throws BadScenario when it is none
     * @throws IOException when it cannot be read
     */
    public static Scenario read(Path file) throws IOException {
        JsonNode root;
        try {
            root = YAML.readTree(Files.readString(file));
        } catch (JacksonException e) {
            throw new BadScenario("%s is no YAML: %s".formatted(file, e.getOriginalMessage()));
        }
        var reading = new ScenarioFile(file);
        var scenario = reading.scenario(root);
        if (!reading.mistakes.isEmpty()) {
            throw new BadScenario("%s: %s".formatted(file, String.join("; ", reading.mistakes)));
        }
        return scenario;
    }

    private Scenario scenario(JsonNode root) {
        known(root, "the file", Set.of("name", "users", "contracts", "steps"));
        var users = amounts(root.path("users"), "users");
        var contracts = new ArrayList<Scenario.Contract>();
        root.path("contracts").properties().forEach(e -> contracts.add(contract(e)));
        var steps = new ArrayList<Scenario.Step>();
        int number = 0;
        for (var step : root.path("steps")) {
            var read = step(step, "step " + ++number);
            if (read != null) {
                steps.add(read);
            }
        }
        if (steps.isEmpty() && mistakes.isEmpty()) {
            mistakes.add("there are no steps");
        }
        return new Scenario(
                root.path("name").asString(String.valueOf(file.getFileName())),
                users,
                contracts,
                steps);
    }

    private void known(JsonNode node, String where, Set<String> keys) {
        if (!node.isObject()) {
            mistakes.add(where + " is not a mapping");
            return;
        }
        for (var name : node.propertyNames()) {
            if (!keys.contains(name)) {
                mistakes.add(
                        "%s: unknown key '%s' (known are %s)"
                                .formatted(where, name, keys.stream().sorted().toList()));
            }
        }
    }

    private Map<String, BigInteger> amounts(JsonNode node, String where) {
        var amounts = new LinkedHashMap<String, BigInteger>();
        node.properties()
                .forEach(e ->
                        amounts.put(e.getKey(), amount(e.getValue(), where + "." + e.getKey())));
        return amounts;
    }

    private BigInteger amount(JsonNode node, String where) {
        if (node.isMissingNode()) {
            return BigInteger.ZERO;
        }
        try {
            return new BigInteger(node.asString().replace("_", ""));
        } catch (NumberFormatException _) {
            mistakes.add("%s: '%s' is no whole number".formatted(where, node.asString()));
            return BigInteger.ZERO;
        }
    }

    private Scenario.Contract contract(Map.Entry<String, JsonNode> entry) {
        var where = "contract " + entry.getKey();
        var node = entry.getValue();
        known(node, where, Set.of("code", "init", "owner"));
        return new Scenario.Contract(
                entry.getKey(),
                text(node, "code", where),
                node.get("init"),
                optional(node, "owner"));
    }

    private String text(JsonNode node, String key, String where) {
        var value = node.path(key);
        if (!value.isValueNode() || value.isNull()) {
            mistakes.add("%s: '%s' is missing".formatted(where, key));
            return "";
        }
        return value.asString();
    }

    private static @Nullable String optional(JsonNode node, String key) {
        var value = node.get(key);
        return value == null || value.isNull() ? null : value.asString();
    }

    private Scenario.@Nullable Step step(JsonNode node, String where) {
        var kinds = STEPS.keySet().stream().filter(node::has).toList();
        if (kinds.size() != 1) {
            mistakes.add(
                    "%s is not exactly one of %s"
                            .formatted(where, STEPS.keySet().stream().sorted().toList()));
            return null;
        }
        var kind = kinds.getFirst();
        var keys = new HashSet<>(STEPS.getOrDefault(kind, Set.of()));
        keys.add(kind);
        known(node, where, keys);
        return switch (kind) {
            case "call" -> call(node, where);
            case "query" -> query(node, where);
            case "travel" -> new Scenario.Travel(time(text(node, kind, where), where));
            case "snapshot" -> new Scenario.Remember(text(node, kind, where));
            case "restore" -> new Scenario.GoBack(text(node, kind, where));
            case "upgrade" -> upgrade(node, where);
            case "rollback" -> rollback(node, where);
            default -> new Scenario.Balances(amounts(node.path(kind), where));
        };
    }

    private Scenario.Call call(JsonNode node, String where) {
        var target = target(text(node, "call", where), where);
        return new Scenario.Call(
                text(node, "as", where),
                target[0],
                target[1],
                node.get("arguments"),
                amount(node.path("value"), where + ".value"),
                node.has("gas")
                        ? amount(node.path("gas"), where + ".gas").longValue()
                        : TestRunner.GAS_LIMIT,
                node.get("expect"),
                StreamSupport.stream(node.path("events").spliterator(), false)
                        .map(JsonNode::asString)
                        .toList(),
                failure(node, where));
    }

    private Scenario.Query query(JsonNode node, String where) {
        var target = target(text(node, "query", where), where);
        return new Scenario.Query(target[0], target[1], node.get("arguments"), node.get("expect"));
    }

    private Scenario.Upgrade upgrade(JsonNode node, String where) {
        return new Scenario.Upgrade(
                text(node, "as", where),
                text(node, "upgrade", where),
                text(node, "code", where),
                bytes(node, where),
                failure(node, where));
    }

    private byte[] bytes(JsonNode node, String where) {
        var hex = optional(node, "migration");
        try {
            return HexFormat.of().parseHex(hex == null ? "" : hex);
        } catch (IllegalArgumentException _) {
            mistakes.add(where + ": 'migration' is bytes in hex");
            return new byte[0];
        }
    }

    private Scenario.Rollback rollback(JsonNode node, String where) {
        return new Scenario.Rollback(
                text(node, "as", where),
                text(node, "rollback", where),
                amount(node.path("to"), where + ".to").intValue(),
                text(node, "code", where),
                failure(node, where));
    }

    private Scenario.@Nullable Failure failure(JsonNode node, String where) {
        var fails = node.get("fails");
        if (fails == null) {
            return null;
        }
        if (fails.isValueNode()) {
            return new Scenario.Failure(fails.asString(), "");
        }
        known(fails, where + ".fails", Set.of("kind", "message"));
        return new Scenario.Failure(
                text(fails, "kind", where + ".fails"), fails.path("message").asString(""));
    }

    private String[] target(String named, String where) {
        var parts = named.split("\\.", -1);
        if (parts.length != 2) {
            mistakes.add("%s: '%s' is not CONTRACT.METHOD".formatted(where, named));
            return new String[] {"", ""};
        }
        return parts;
    }

    private Duration time(String given, String where) {
        var matcher = TIME.matcher(given);
        if (!matcher.matches()) {
            mistakes.add("%s: '%s' is no time such as 90s, 15m or 2d".formatted(where, given));
            return Duration.ZERO;
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
