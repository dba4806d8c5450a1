package io.xwasm.controlplane.signals;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.AgentEvent;
import io.xwasm.agent.protocol.CallSample;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.api.Signals;
import io.xwasm.controlplane.fleet.LinkListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The last hour, second by second, of the fleet, each group, each contract and each method. */
public final class SignalHistory implements LinkListener {
    public static final Duration KEPT = Duration.ofHours(1);

    /** What a series is about; absent parts stand for all. */
    private record Series(
            @Nullable GroupId group, @Nullable Address contract, @Nullable String method) {}

    private static final Series FLEET = new Series(null, null, null);

    private final InstantSource clock;
    private final Map<Series, NavigableMap<Long, Tally>> series = new HashMap<>();
    private final Instant countedSince;
    private long callsTotal;

    public SignalHistory(InstantSource clock) {
        this.clock = clock;
        this.countedSince = clock.instant();
    }

    @Override
    public void event(NodeId node, AgentEvent event) {
        if (event instanceof AgentEvent.Measured(var samples)) {
            samples.forEach(this::add);
        }
    }

    /**
     * Counts under the second in which it arrived, not the agent's: clocks differ, and a sample
     * must neither fall out of the hour nor lie in the future.
     */
    public synchronized void add(CallSample sample) {
        long second = clock.instant().getEpochSecond();
        callsTotal += sample.calls();
        for (var key :
                List.of(
                        FLEET,
                        new Series(sample.group(), null, null),
                        new Series(sample.group(), sample.contract(), null),
                        new Series(sample.group(), sample.contract(), sample.method()))) {
            var seconds = series.computeIfAbsent(key, _ -> new TreeMap<>());
            seconds.computeIfAbsent(second, _ -> new Tally()).add(sample);
            seconds.headMap(second - KEPT.toSeconds()).clear();
        }
    }

    /** When the process began to count. */
    public Instant countedSince() {
        return countedSince;
    }

    /** Since then. */
    public synchronized long callsTotal() {
        return callsTotal;
    }

    public Tally fleet(Duration window) {
        return tally(FLEET, window);
    }

    public Tally contract(GroupId group, Address contract, Duration window) {
        return tally(new Series(group, contract, null), window);
    }

    public Tally method(GroupId group, Address contract, String method, Duration window) {
        return tally(new Series(group, contract, method), window);
    }

    public double callsPerSecond(GroupId group, Duration window) {
        return tally(new Series(group, null, null), window).calls() / (double) window.toSeconds();
    }

    private synchronized Tally tally(Series key, Duration window) {
        long now = clock.instant().getEpochSecond();
        var sum = new Tally();
        var seconds = series.get(key);
        if (seconds != null) {
            seconds.tailMap(now - window.toSeconds(), false).values().forEach(sum::add);
        }
        return sum;
    }

    /**
     * For charts.
     *
     * @param group null for the fleet
     * @param contract null for the fleet
     * @param points at most so many
     */
    public synchronized Signals signals(
            @Nullable GroupId group, @Nullable Address contract, Duration range, int points) {
        long now = clock.instant().getEpochSecond();
        long step = Math.max(1, Math.ceilDiv(range.toSeconds(), points));
        long count = Math.max(1, Math.ceilDiv(range.toSeconds(), step));
        long from = now - count * step + 1;
        var seconds =
                series.getOrDefault(
                        contract == null ? FLEET : new Series(group, contract, null),
                        new TreeMap<>());
        var tallies = new ArrayList<Tally>();
        var all = new Tally();
        for (long at = from; at <= now; at += step) {
            var tally = new Tally();
            seconds.subMap(at, at + step).values().forEach(tally::add);
            tallies.add(tally);
            all.add(tally);
        }
        return new Signals(
                from * 1000,
                step * 1000,
                countedSince.toEpochMilli(),
                each(tallies, t -> (double) t.calls() / step),
                each(tallies, Tally::errorRatio),
                each(tallies, t -> t.latencyMillis(0.5)),
                each(tallies, t -> t.latencyMillis(0.95)),
                each(tallies, t -> t.latencyMillis(0.99)),
                each(tallies, t -> (double) t.gas() / step),
                all.calls(),
                all.errors());
    }

    private static List<Double> each(List<Tally> tallies, ToDoubleFunction<Tally> figure) {
        return tallies.stream().map(figure::applyAsDouble).toList();
    }
}
