package io.xwasm.controlplane.api;

import java.util.List;

/**
 * A method of a contract.
 *
 * @param name as called
 * @param args in order
 * @param returns type
 * @param payable takes native balance
 * @param query changes nothing
 * @param callsPerSecond over the last minute
 * @param errorRatio 0 to 1, over the last minute
 * @param gasPerCall mean over the last minute
 * @param p50Millis over the last minute
 * @param p95Millis over the last minute
 * @param p99Millis over the last minute
 */
public record MethodView(
        String name,
        List<Arg> args,
        String returns,
        boolean payable,
        boolean query,
        double callsPerSecond,
        double errorRatio,
        double gasPerCall,
        double p50Millis,
        double p95Millis,
        double p99Millis) {
    public MethodView {
        args = List.copyOf(args);
    }
}
