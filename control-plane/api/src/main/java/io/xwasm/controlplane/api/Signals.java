package io.xwasm.controlplane.api;

import java.util.List;

/**
 * The golden signals over time; arrays of one length.
 *
 * @param fromMillis Unix milliseconds of the first point
 * @param stepMillis between points
 * @param countedFromMillis when the control plane began to count; points before are unknown and say
 *     0
 * @param calls per second
 * @param errors ratio 0 to 1
 * @param p50 milliseconds
 * @param p95 milliseconds
 * @param p99 milliseconds
 * @param gas per second
 * @param callsTotal committed within the range
 * @param errorsTotal failed within the range
 */
public record Signals(
        long fromMillis,
        long stepMillis,
        long countedFromMillis,
        List<Double> calls,
        List<Double> errors,
        List<Double> p50,
        List<Double> p95,
        List<Double> p99,
        List<Double> gas,
        long callsTotal,
        long errorsTotal) {
    public Signals {
        calls = List.copyOf(calls);
        errors = List.copyOf(errors);
        p50 = List.copyOf(p50);
        p95 = List.copyOf(p95);
        p99 = List.copyOf(p99);
        gas = List.copyOf(gas);
    }
}
