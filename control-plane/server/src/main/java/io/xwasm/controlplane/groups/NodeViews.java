package io.xwasm.controlplane.groups;

import io.xwasm.agent.protocol.NodeHealth;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.api.Health;
import io.xwasm.controlplane.api.NodeView;
import io.xwasm.controlplane.fleet.Fleet;
import io.xwasm.controlplane.fleet.NodeState;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** How nodes look, and what is wrong with them. */
public final class NodeViews {
    private static final long DISK_LOW = 1L << 30;
    private static final long DISK_FULL = 200L << 20;
    private static final Duration CLOCK_OFF = Duration.ofSeconds(2);
    private static final Duration FSYNC_SLOW = Duration.ofSeconds(1);

    private final Fleet fleet;
    private final GroupViews groups;
    private final InstantSource clock;

    public NodeViews(Fleet fleet, GroupViews groups, InstantSource clock) {
        this.fleet = fleet;
        this.groups = groups;
        this.clock = clock;
    }

    public List<NodeView> all() {
        return fleet.nodes().stream().map(this::view).toList();
    }

    NodeView view(NodeId node) {
        return fleet.node(node)
                .map(this::view)
                .orElseThrow(() ->
                        Refusal.of(
                                ProblemKind.UNKNOWN_NODE, "there is no node '%s'".formatted(node)));
    }

    private NodeView view(NodeState state) {
        var health = Optional.ofNullable(state.health());
        var verdict = verdict(state, clock.instant());
        return new NodeView(
                state.node(),
                verdict.health(),
                verdict.sentence(),
                state.connected(),
                state.lastSeenAt(),
                health.map(h -> Instant.ofEpochMilli(h.startedAtMillis())).orElse(null),
                state.api(),
                state.version(),
                health.map(NodeHealth::cpu).orElse(0.0),
                health.map(NodeHealth::heapBytes).orElse(0L),
                health.map(NodeHealth::residentBytes).orElse(0L),
                health.map(NodeHealth::freeDiskBytes).orElse(0L),
                health.map(NodeHealth::lastFsyncMicros).orElse(0L),
                health.map(NodeHealth::lastFsyncAtMillis)
                        .filter(at -> at > 0)
                        .map(Instant::ofEpochMilli)
                        .orElse(null),
                state.clockOffsetMillis(),
                health.map(NodeHealth::selfTest).orElse(null),
                groups.memberships(state.node()));
    }

    private record Verdict(Health health, String sentence) {}

    private static Verdict verdict(NodeState state, Instant now) {
        var seen = Duration.between(state.lastSeenAt(), now).toSeconds();
        if (!state.connected()) {
            return new Verdict(Health.BAD, "down: no link, last heard %d s ago".formatted(seen));
        }
        if (state.silent(now)) {
            return new Verdict(Health.BAD, "silent for %d s".formatted(seen));
        }
        var health = state.health();
        return health == null
                ? new Verdict(Health.UNKNOWN, "connected, no heartbeat yet")
                : verdict(health, state.clockOffsetMillis());
    }

    private static Verdict verdict(NodeHealth health, long offset) {
        if (health.selfTest() != null) {
            return new Verdict(Health.BAD, "the VM's self-test failed: " + health.selfTest());
        }
        if (health.freeDiskBytes() < DISK_FULL) {
            return new Verdict(
                    Health.BAD, "%d MiB of disk left".formatted(health.freeDiskBytes() >> 20));
        }
        if (health.freeDiskBytes() < DISK_LOW) {
            return new Verdict(
                    Health.WARN, "%d MiB of disk left".formatted(health.freeDiskBytes() >> 20));
        }
        if (Math.abs(offset) > CLOCK_OFF.toMillis()) {
            return new Verdict(
                    Health.WARN, "its clock is %d ms off the control plane's".formatted(offset));
        }
        if (health.lastFsyncMicros() > FSYNC_SLOW.toMillis() * 1000) {
            return new Verdict(
                    Health.WARN,
                    "its last fsync took %d ms".formatted(health.lastFsyncMicros() / 1000));
        }
        return new Verdict(Health.OK, "up");
    }
}
