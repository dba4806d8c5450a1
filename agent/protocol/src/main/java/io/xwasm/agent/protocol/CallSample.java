package io.xwasm.agent.protocol;

import java.util.List;
import java.util.Map;

/**
 * What the calls of one method did during a second, as their primary saw them.
 *
 * @param contract address
 * @param atMillis Unix milliseconds of the end of that second
 * @param calls committed, failed ones included
 * @param failures by kind
 * @param gas used by all together
 * @param executionNanos spent executing
 * @param memoryBytes the largest memory that an instance of the contract had at the end of a call
 * @param latencyMillis upper bounds of the filled latency buckets and their counts, from arrival to
 *     acknowledgement
 */
public record CallSample(
        GroupId group,
        Address contract,
        String method,
        long atMillis,
        long calls,
        Map<String, Long> failures,
        long gas,
        long executionNanos,
        long memoryBytes,
        List<Bucket> latencyMillis) {
    public CallSample {
        failures = Map.copyOf(failures);
        latencyMillis = List.copyOf(latencyMillis);
    }

    /** So many calls took at most this long, and longer than the bucket before. */
    public record Bucket(double upTo, long count) {}
}
