package io.xwasm.controlplane;

import io.xwasm.controlplane.alerts.RuleSources;
import io.xwasm.controlplane.backups.BackupCatalogue;
import io.xwasm.controlplane.backups.BackupSchedules;
import io.xwasm.controlplane.contracts.ContractHistory;
import io.xwasm.controlplane.fleet.Fleet;
import io.xwasm.controlplane.groups.Groups;
import io.xwasm.controlplane.signals.SignalHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What alert rules are measured on, gathered from the features that know it. */
record LiveRuleSources(
        ContractHistory contracts,
        SignalHistory signals,
        Fleet fleet,
        Groups groups,
        BackupCatalogue catalogue,
        BackupSchedules schedules,
        Instant started,
        InstantSource clock)
        implements RuleSources {
    @Override
    public List<ContractCalls> contracts(Duration window) {
        var now = clock.instant();
        return contracts.all().stream()
                .map(c ->
                        new ContractCalls(
                                c.name().value(),
                                signals.contract(c.group(), c.address(), window),
                                Duration.between(later(started, c.deployedAt()), now)))
                .toList();
    }

    /** A node that has not come back yet gets time to, after the control plane was away itself. */
    @Override
    public List<NodeSilence> nodes() {
        var now = clock.instant();
        return fleet.nodes().stream()
                .map(node -> {
                    var since = later(started, node.lastSeenAt());
                    return new NodeSilence(
                            node.node().value(), !node.connected(), Duration.between(since, now));
                })
                .toList();
    }

    /** A group without backups and without a schedule is not meant to have any. */
    @Override
    public List<BackupAge> backups() {
        var now = clock.instant();
        return groups.all().stream()
                .flatMap(definition -> {
                    var group = definition.group();
                    var newest = catalogue.newest(group);
                    boolean scheduled =
                            schedules.find(group).filter(s -> s.everyMinutes() > 0).isPresent();
                    var since =
                            newest.or(() -> scheduled ? Optional.of(started) : Optional.empty());
                    return since.stream()
                            .map(at -> new BackupAge(group.value(), Duration.between(at, now)));
                })
                .toList();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }
}
