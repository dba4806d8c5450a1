package io.xwasm.console.live;

import io.xwasm.controlplane.api.AlertView;
import io.xwasm.controlplane.api.FleetStatus;
import io.xwasm.controlplane.api.GroupView;
import io.xwasm.controlplane.api.OperationState;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.Problem;
import io.xwasm.controlplane.api.Signals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the control plane said in one round.
 *
 * @param at when it said so; stays when it falls silent
 * @param now when this was pushed
 * @param status of the fleet
 * @param groups all of them
 * @param operations the newest, running ones included
 * @param alerts firing
 * @param signals by range
 * @param problem why the newest round has failed; null when it has not
 */
public record Snapshot(
        Instant at,
        Instant now,
        FleetStatus status,
        List<GroupView> groups,
        List<OperationView> operations,
        List<AlertView> alerts,
        Map<Duration, Signals> signals,
        @Nullable Problem problem) {
    public Snapshot {
        groups = List.copyOf(groups);
        operations = List.copyOf(operations);
        alerts = List.copyOf(alerts);
        signals = Map.copyOf(signals);
    }

    public Duration age() {
        return Duration.between(at, now);
    }

    public List<OperationView> running() {
        return operations.stream().filter(o -> o.state() == OperationState.RUNNING).toList();
    }

    public Optional<GroupView> group(String name) {
        return groups.stream().filter(g -> g.group().value().equals(name)).findFirst();
    }

    /** The same data, older, because this went wrong. */
    Snapshot silent(Instant later, Problem why) {
        return new Snapshot(at, later, status, groups, operations, alerts, signals, why);
    }
}
