package io.xwasm.deploy.bench;

import io.xwasm.agent.protocol.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a bench measured: numbers by name. */
final class Figures {
    private final String name;
    private final Map<String, Double> values = new LinkedHashMap<>();

    Figures(String name) {
        this.name = name;
    }

    Figures with(String metric, double value) {
        values.put(metric, Math.round(value * 1_000) / 1_000.0);
        return this;
    }

    /** One line of JSON for programs, a table for people. */
    void print(boolean json) {
        if (json) {
            System.out.println(Json.write(Map.of("name", name, "figures", values)));
        } else {
            values.forEach((metric, value) -> System.out.printf("%-24s %,12.3f%n", metric, value));
        }
    }
}
