package io.xwasm.controlplane.signals;

import io.xwasm.agent.protocol.CallSample;
import java.util.Map;
import java.util.TreeMap;

/** What calls did within some time, added up. */
public final class Tally {
    private long calls;
    private long errors;
    private long gas;
    private long executionNanos;
    private long memoryBytes;
    private final TreeMap<Double, Long> latencies = new TreeMap<>();

    public void add(CallSample sample) {
        calls += sample.calls();
        errors += sample.failures().values().stream().mapToLong(Long::longValue).sum();
        gas += sample.gas();
        executionNanos += sample.executionNanos();
        memoryBytes = Math.max(memoryBytes, sample.memoryBytes());
        sample.latencyMillis().forEach(b -> latencies.merge(b.upTo(), b.count(), Long::sum));
    }

    public void add(Tally other) {
        calls += other.calls;
        errors += other.errors;
        gas += other.gas;
        executionNanos += other.executionNanos;
        memoryBytes = Math.max(memoryBytes, other.memoryBytes);
        other.latencies.forEach((upTo, count) -> latencies.merge(upTo, count, Long::sum));
    }

    public long calls() {
        return calls;
    }

    public long errors() {
        return errors;
    }

    public long gas() {
        return gas;
    }

    public long executionNanos() {
        return executionNanos;
    }

    public long memoryBytes() {
        return memoryBytes;
    }

    public double errorRatio() {
        return calls == 0 ? 0 : (double) errors / calls;
    }

    public double gasPerCall() {
        return calls == 0 ? 0 : (double) gas / calls;
    }

    /** Upper bound of the bucket in which this share of the calls is reached; 0 without calls. */
    public double latencyMillis(double share) {
        long all = latencies.values().stream().mapToLong(Long::longValue).sum();
        long wanted = (long) Math.ceil(all * share);
        long seen = 0;
        for (Map.Entry<Double, Long> bucket : latencies.entrySet()) {
            seen += bucket.getValue();
            if (seen >= wanted && seen > 0) {
                return bucket.getKey();
            }
        }
        return 0;
    }
}
