package io.xwasm.controlplane.takeover;

import io.xwasm.agent.protocol.AgentEvent;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.fleet.Fleet;
import io.xwasm.controlplane.fleet.LinkListener;
import io.xwasm.controlplane.groups.GroupConfigurations;
import io.xwasm.controlplane.groups.GroupDefinition;
import io.xwasm.controlplane.groups.Groups;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when a group's primary deserves a look: its link closed, a standby misses it, it came back,
 * or it is silent. One look at a time per group; signs that come during a look lead to another.
 */
final class PrimaryWatch implements LinkListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PrimaryWatch.class);
    private static final long ROUND_MILLIS = 250;

    /** Heartbeats come each second. */
    private static final Duration SILENCE = Duration.ofMillis(1_500);

    private final Groups groups;
    private final GroupConfigurations configurations;
    private final Fleet fleet;
    private final InstantSource clock;
    private final Examiner examiner;
    private final Map<GroupId, AtomicInteger> signs = new ConcurrentHashMap<>();
    private final ScheduledExecutorService rounds =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("primary-watch").factory());

    /** Looks at a group and does what follows. */
    interface Examiner {
        void examine(GroupId group, Instant sign) throws InterruptedException;
    }

    PrimaryWatch(
            Groups groups,
            GroupConfigurations configurations,
            Fleet fleet,
            InstantSource clock,
            Examiner examiner) {
        this.groups = groups;
        this.configurations = configurations;
        this.fleet = fleet;
        this.clock = clock;
        this.examiner = examiner;
        rounds.scheduleWithFixedDelay(
                this::round, ROUND_MILLIS, ROUND_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void linkClosed(NodeId node) {
        for (GroupDefinition definition : groups.all()) {
            if (isPrimary(node, definition.group())) {
                look(definition.group());
            }
        }
    }

    @Override
    public void event(NodeId node, AgentEvent event) {
        if (event instanceof AgentEvent.PrimaryLost(var group, var epoch, _, _)
                && row(group).filter(r -> r.epoch().equals(epoch)).isPresent()) {
            look(group);
        }
    }

    @Override
    public void linkOpened(NodeId node, AgentEvent.Hello hello) {
        hello.groups().forEach(report -> look(report.group()));
    }

    private void round() {
        try {
            for (GroupDefinition definition : groups.all()) {
                row(definition.group()).filter(this::isSuspicious).ifPresent(r -> look(r.group()));
            }
        } catch (RuntimeException e) {
            LOG.error("a round of the primary watch failed", e);
        }
    }

    private boolean isSuspicious(Configuration row) {
        var primary = fleet.node(row.primaryMember().node());
        return primary.isEmpty()
                || !primary.get().connected()
                || primary.get().lastSeenAt().plus(SILENCE).isBefore(clock.instant())
                || primary.get()
                        .report(row.group())
                        .filter(r -> r.needsEpoch() && r.epoch().equals(row.epoch()))
                        .isPresent();
    }

    private boolean isPrimary(NodeId node, GroupId group) {
        return row(group).filter(r -> r.primaryMember().node().equals(node)).isPresent();
    }

    private Optional<Configuration> row(GroupId group) {
        return configurations.find(group);
    }

    /** Looks soon, on a thread of its own. */
    void look(GroupId group) {
        var sign = clock.instant();
        var waiting = signs.computeIfAbsent(group, _ -> new AtomicInteger());
        if (waiting.getAndIncrement() == 0) {
            Thread.ofVirtual()
                    .name("look-" + group)
                    .start(() -> lookUntilQuiet(group, waiting, sign));
        }
    }

    /** Looks when this time is over: what was seen now may call for something then. */
    void lookLater(GroupId group, Duration wait) {
        var _ =
                rounds.schedule(
                        () -> look(group), Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS);
    }

    private void lookUntilQuiet(GroupId group, AtomicInteger waiting, Instant sign) {
        int seen;
        do {
            seen = waiting.get();
            try {
                examiner.examine(group, sign);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.error("looking at group {}", group, e);
            }
        } while (!waiting.compareAndSet(seen, 0));
    }

    @Override
    public void close() {
        rounds.shutdownNow();
    }
}
