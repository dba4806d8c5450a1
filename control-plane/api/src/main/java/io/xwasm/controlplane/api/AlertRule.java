package io.xwasm.controlplane.api;

/**
 * When to raise an alert.
 *
 * @param name unique
 * @param kind high_gas_usage, high_error_rate, high_latency, low_throughput, node_down or
 *     backup_too_old
 * @param threshold gas per call, ratio 0 to 1, seconds of p95, calls per second, seconds of
 *     silence, hours
 * @param forSeconds condition must hold this long
 * @param windowSeconds measured over
 * @param minimumCalls in the window, below which a ratio says nothing
 * @param severity warning or critical
 * @param enabled whether it is evaluated
 * @param firing alerts of it that fire now
 * @param version for If-Match; ignored when set
 */
public record AlertRule(
        String name,
        String kind,
        double threshold,
        int forSeconds,
        int windowSeconds,
        int minimumCalls,
        String severity,
        boolean enabled,
        int firing,
        long version) {}
