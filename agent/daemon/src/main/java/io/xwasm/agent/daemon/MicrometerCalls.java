package io.xwasm.agent.daemon;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.xwasm.agent.ledger.replication.CallObserver;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CallSample;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.agent.vm.ContractVm;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts calls twice: as Prometheus metrics for whoever scrapes, and as samples per second for the
 * control plane.
 */
final class MicrometerCalls implements CallObserver {
    private static final double[] LATENCY_BOUNDS = {
        0.5, 1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1_000, 2_000,
        5_000, 10_000, 60_000
    };

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final ContractVm vm;
    private final Map<Key, Meters> meters = new ConcurrentHashMap<>();
    private final Map<Key, Second> seconds = new HashMap<>();

    MicrometerCalls(MeterRegistry registry, InstantSource clock, ContractVm vm) {
        this.registry = registry;
        this.clock = clock;
        this.vm = vm;
    }

    private record Key(GroupId group, Address contract, String method) {}

    private record Meters(Counter calls, Timer duration, DistributionSummary gas) {}

    /** What happened since the last sample. */
    private static final class Second {
        long calls;
        long gas;
        long executionNanos;
        final Map<String, Long> failures = new HashMap<>();
        final long[] latencies = new long[LATENCY_BOUNDS.length];
    }

    @Override
    public void acknowledged(SignedCall call, Receipt receipt, long nanos, long executionNanos) {
        var key = key(call, receipt);
        var meter = meters.computeIfAbsent(key, this::register);
        meter.calls().increment();
        meter.duration().record(nanos, TimeUnit.NANOSECONDS);
        meter.gas().record((double) receipt.gasUsed());
        var failure = receipt.failure();
        if (failure != null) {
            countFailure(key, failure.kind());
        }
        synchronized (seconds) {
            var second = seconds.computeIfAbsent(key, _ -> new Second());
            second.calls++;
            second.gas += receipt.gasUsed();
            second.executionNanos += executionNanos;
            second.latencies[bucket(nanos / 1e6)]++;
            if (failure != null) {
                second.failures.merge(failure.kind(), 1L, Long::sum);
            }
        }
    }

    /**
     * Callers must not make up label values: methods that nobody has are counted as one, and so are
     * contracts that nobody deployed, at the ledger itself.
     */
    private static Key key(SignedCall call, Receipt receipt) {
        return switch (receipt.failure()) {
            case Receipt.Failure(var kind, _) when kind.equals("unknown_method") ->
                    new Key(call.group(), call.contract(), "unknown");
            case Receipt.Failure(var kind, _) when kind.equals("unknown_contract") ->
                    new Key(call.group(), Address.SYSTEM, "unknown");
            case null, default -> new Key(call.group(), call.contract(), call.method());
        };
    }

    private Meters register(Key key) {
        String[] labels = labels(key);
        Gauge.builder("xwasm.contract.memory.bytes", vm, v -> v.memoryBytes(key.contract()))
                .description("The largest memory that an instance had at the end of a call")
                .tags("group", key.group().value(), "contract", key.contract().toString())
                .register(registry);
        return new Meters(
                Counter.builder("xwasm.contract.transactions")
                        .description("Committed calls")
                        .tags(labels)
                        .register(registry),
                Timer.builder("xwasm.contract.transaction.duration")
                        .description("From a call's arrival to its acknowledgement")
                        .tags(labels)
                        .serviceLevelObjectives(
                                Duration.ofMillis(1),
                                Duration.ofMillis(5),
                                Duration.ofMillis(10),
                                Duration.ofMillis(25),
                                Duration.ofMillis(50),
                                Duration.ofMillis(100),
                                Duration.ofMillis(250),
                                Duration.ofMillis(500),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(5))
                        .register(registry),
                DistributionSummary.builder("xwasm.contract.gas.used")
                        .description("Gas used by a call")
                        .tags(labels)
                        .serviceLevelObjectives(1e3, 1e4, 1e5, 1e6, 1e7, 1e8)
                        .register(registry));
    }

    private void countFailure(Key key, String kind) {
        Counter.builder("xwasm.contract.errors")
                .description("Committed calls that failed")
                .tags(labels(key))
                .tag("error_type", kind)
                .register(registry)
                .increment();
    }

    private static String[] labels(Key key) {
        return new String[] {
            "group", key.group().value(),
            "contract", key.contract().toString(),
            "method", key.method()
        };
    }

    private static int bucket(double millis) {
        for (int i = 0; i < LATENCY_BOUNDS.length; i++) {
            if (millis <= LATENCY_BOUNDS[i]) {
                return i;
            }
        }
        return LATENCY_BOUNDS.length - 1;
    }

    /** Everything since the last time. */
    List<CallSample> drain() {
        long now = clock.millis();
        synchronized (seconds) {
            var samples = new ArrayList<CallSample>(seconds.size());
            seconds.forEach((key, second) -> samples.add(sample(key, second, now)));
            seconds.clear();
            return samples;
        }
    }

    private CallSample sample(Key key, Second second, long now) {
        List<CallSample.Bucket> latencies = new ArrayList<>();
        for (int i = 0; i < LATENCY_BOUNDS.length; i++) {
            if (second.latencies[i] > 0) {
                latencies.add(new CallSample.Bucket(LATENCY_BOUNDS[i], second.latencies[i]));
            }
        }
        return new CallSample(
                key.group(),
                key.contract(),
                key.method(),
                now,
                second.calls,
                second.failures,
                second.gas,
                second.executionNanos,
                vm.memoryBytes(key.contract()),
                latencies);
    }
}
