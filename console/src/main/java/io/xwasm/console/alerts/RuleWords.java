package io.xwasm.console.alerts;

import io.xwasm.console.look.Figures;

/** The built-in kinds of rules as people say them. */
final class RuleWords {
    private RuleWords() {}

    /** A value of this kind with its unit. */
    static String value(String kind, double value) {
        return switch (kind) {
            case "high_gas_usage" -> Figures.compact(value);
            case "high_error_rate" -> Figures.percent(value);
            case "high_latency", "node_down" -> Figures.number(value) + "\u00a0s";
            case "low_throughput" -> Figures.number(value) + "\u00a0/s";
            case "backup_too_old" -> Figures.number(value) + "\u00a0h";
            default -> Figures.number(value);
        };
    }

    /** What is measured. */
    static String measured(String kind) {
        return switch (kind) {
            case "high_gas_usage" -> "gas per call is above";
            case "high_error_rate" -> "the share of failed calls is above";
            case "high_latency" -> "p95 is above";
            case "low_throughput" -> "the rate of calls is below";
            case "node_down" -> "no message came for longer than";
            case "backup_too_old" -> "the last verified backup is older than";
            default -> kind.replace('_', ' ') + " is beyond";
        };
    }

    /** The unit that a threshold is entered in. */
    static String unit(String kind) {
        return switch (kind) {
            case "high_gas_usage" -> "gas per call";
            case "high_error_rate" -> "ratio, 0 to 1";
            case "high_latency" -> "seconds of p95";
            case "low_throughput" -> "calls per second";
            case "node_down" -> "seconds of silence";
            case "backup_too_old" -> "hours";
            default -> "in the rule's unit";
        };
    }
}
