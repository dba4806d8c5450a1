package io.xwasm.controlplane.backups;

import io.xwasm.agent.protocol.Ask;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.MemberReport;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.agent.protocol.Reply;
import io.xwasm.controlplane.contracts.ChainReconciliation;
import io.xwasm.controlplane.fleet.AgentUnreachable;
import io.xwasm.controlplane.fleet.Fleet;
import io.xwasm.controlplane.groups.ConfigurationChange;
import io.xwasm.controlplane.groups.GroupConfigurations;
import io.xwasm.controlplane.operations.OperationKind;
import io.xwasm.controlplane.operations.Operations;
import io.xwasm.controlplane.operations.Step;
import io.xwasm.controlplane.operations.StepContext;
import io.xwasm.controlplane.operations.StepFailed;
import io.xwasm.controlplane.operations.StepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Brings a group back to a backup: checked on a node first, so that a damaged one or a wrong key
 * leaves everything as it is, then put in place on every member that is up.
 */
final class RestoreKind {
    static final String RESTORE = "restore";

    /**
     * Members come and go during a restore, and each change takes an epoch; all of them must stay
     * below the restore's.
     */
    private static final long EPOCHS_SKIPPED = 1_000;

    private static final Duration DRAIN = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int PATIENCE = 240;

    private final BackupCatalogue catalogue;
    private final BackupNodes nodes;
    private final Verification verification;
    private final LedgerBranches branches;
    private final GroupConfigurations configurations;
    private final Fleet fleet;
    private final LostCalls lost;
    private final ChainReconciliation contracts;

    RestoreKind(
            BackupCatalogue catalogue,
            BackupNodes nodes,
            Verification verification,
            LedgerBranches branches,
            GroupConfigurations configurations,
            Fleet fleet,
            LostCalls lost,
            ChainReconciliation contracts) {
        this.catalogue = catalogue;
        this.nodes = nodes;
        this.verification = verification;
        this.branches = branches;
        this.configurations = configurations;
        this.fleet = fleet;
        this.lost = lost;
        this.contracts = contracts;
    }

    record Input(String backup, GroupId group) {}

    /** A member's new ledger. */
    record InPlace(NodeId node, Incarnation incarnation) {}

    void register(Operations operations) {
        operations.register(
                new OperationKind(
                        RESTORE,
                        List.of(
                                Step.of("check the backup", this::check),
                                Step.of("stop the group", this::stop).undoneBy(this::resume),
                                Step.noReturn("put in place", this::putInPlace),
                                Step.noReturn("new configuration", this::configure),
                                Step.noReturn("serve", this::serve),
                                Step.noReturn("reconcile contracts", this::reconcile)),
                        Set.of("backup", "height", "epoch", "setAside", "callsLost")));
    }

    private static Input input(StepContext step) {
        return Json.MAPPER.treeToValue(step.input(), Input.class);
    }

    private Configuration row(StepContext step) {
        return configurations
                .find(input(step).group())
                .orElseThrow(() -> new StepFailed("the group has no configuration yet"));
    }

    private StepResult check(StepContext step) throws InterruptedException {
        var backup = input(step).backup();
        var sound = verification.of(backup, step);
        return StepResult.of("%s restored it into a scratch ledger: sound".formatted(sound.by()))
                .with("backup", backup)
                .with("height", sound.reply().height());
    }

    /** A primary that is down is stopped already. */
    private StepResult stop(StepContext step) throws InterruptedException {
        var row = row(step);
        var stopped = stopped(row, step);
        // Only now, when no call is acknowledged any more, is the number final.
        var counted = lost.by(row, catalogue.require(input(step).backup()));
        return StepResult.of("%s; lost: %s".formatted(stopped, words(counted)))
                .with("callsLost", counted.map(LostCalls.Count::lost).orElse(-1L));
    }

    private static String words(Optional<LostCalls.Count> counted) {
        return counted.map(LostCalls.Count::words).orElse("a number of calls that is not known");
    }

    private String stopped(Configuration row, StepContext step) throws InterruptedException {
        var primary = row.primaryMember().node();
        try {
            var ask = new Ask.Drain(row.group(), row.epoch(), DRAIN.toMillis());
            return switch (nodes.ask(primary, ask, step)) {
                case Reply.Drained(var height, _) ->
                        "%s takes no more calls after block %d".formatted(primary, height);
                case Reply.Refused(_, var why) -> "%s serves no calls: %s".formatted(primary, why);
                case Reply other -> throw new StepFailed("an unexpected answer: " + other);
            };
        } catch (AgentUnreachable e) {
            return "the primary is not there: " + e.getMessage();
        }
    }

    private String resume(StepContext step) throws InterruptedException {
        var row = row(step);
        var primary = row.primaryMember().node();
        try {
            var _ = nodes.ask(primary, new Ask.Resume(row.group()), step);
            return primary + " takes calls again";
        } catch (AgentUnreachable e) {
            return primary + " takes calls again when it is back";
        }
    }

    /** Nodes that are down are seeded when they come back: their ledgers are no members' then. */
    private StepResult putInPlace(StepContext step) throws InterruptedException {
        var input = input(step);
        var row = row(step);
        var backup = catalogue.require(input.backup());
        var epoch = epoch(step, row);
        var ask =
                new Ask.Restore(
                        input.group(),
                        input.backup(),
                        backup.view().location(),
                        catalogue.dataKey(backup),
                        epoch);
        var done = new TreeMap<String, InPlace>();
        step.outputIfAny("inPlace")
                .ifPresent(before ->
                        before.forEach(node -> {
                            var one = Json.MAPPER.treeToValue(node, InPlace.class);
                            done.put(one.node().value(), one);
                        }));
        var failures = new ArrayList<String>();
        for (var node : nodes.up(row)) {
            if (done.containsKey(node.value())) {
                continue;
            }
            restoreOn(node, ask, step)
                    .ifPresentOrElse(
                            incarnation -> done.put(node.value(), new InPlace(node, incarnation)),
                            () -> failures.add(node.value()));
            step.remember("inPlace", done.values());
        }
        if (done.isEmpty()) {
            throw new StepFailed(
                    "no member could put the backup in place: " + String.join(", ", failures));
        }
        return StepResult.of(
                        "in place on %s%s"
                                .formatted(
                                        String.join(", ", done.keySet()),
                                        failures.isEmpty()
                                                ? ""
                                                : "; to be seeded later: "
                                                        + String.join(", ", failures)))
                .with("inPlace", done.values())
                .with("epoch", epoch);
    }

    /** Chosen once: ledgers that are in place already refuse everything older. */
    private static Epoch epoch(StepContext step, Configuration row) {
        var chosen = step.outputIfAny("epoch");
        if (chosen.isPresent()) {
            return new Epoch(chosen.get().asLong());
        }
        var floor = new Epoch(row.epoch().value() + EPOCHS_SKIPPED);
        step.remember("epoch", floor);
        return floor;
    }

    private Optional<Incarnation> restoreOn(NodeId node, Ask ask, StepContext step)
            throws InterruptedException {
        try {
            var reply = nodes.ask(node, ask, step);
            verification.noteIfDamaged(input(step).backup(), new BackupNodes.Answered(node, reply));
            return switch (reply) {
                case Reply.Restored restored -> Optional.of(restored.incarnation());
                case Reply.Refused(_, var why) -> {
                    step.progress(0, 0, "%s: %s".formatted(node, why));
                    yield Optional.empty();
                }
                case Reply other -> throw new StepFailed("an unexpected answer: " + other);
            };
        } catch (AgentUnreachable e) {
            return Optional.empty();
        }
    }

    private StepResult configure(StepContext step) throws InterruptedException {
        var inPlace = inPlace(step);
        for (int attempt = 0; attempt < PATIENCE; attempt++) {
            var row = row(step);
            var next = next(row, inPlace, new Epoch(step.output("epoch").asLong()));
            // The operation names the change: tried again, it is found to be there.
            var change =
                    configurations.compareAndSet(
                            row.version(),
                            next,
                            "restore by " + step.operation(),
                            "restored from backup " + input(step).backup());
            if (change instanceof ConfigurationChange.Applied(var applied)) {
                branches.goesOnFrom(catalogue.require(input(step).backup()), step.operation());
                return StepResult.of(
                                "epoch %s, primary %s, %d in sync"
                                        .formatted(
                                                applied.epoch(),
                                                applied.primaryMember().node(),
                                                applied.inSync().size()))
                        .with("epoch", applied.epoch());
            }
            step.pause(PAUSE);
        }
        throw new StepFailed("the group's configuration keeps changing");
    }

    private static List<InPlace> inPlace(StepContext step) {
        var list = new ArrayList<InPlace>();
        step.output("inPlace")
                .forEach(node -> list.add(Json.MAPPER.treeToValue(node, InPlace.class)));
        return list;
    }

    private static Configuration next(Configuration row, List<InPlace> inPlace, Epoch least) {
        Map<NodeId, Incarnation> fresh =
                inPlace.stream().collect(Collectors.toMap(InPlace::node, InPlace::incarnation));
        var members =
                row.members().stream()
                        .map(m ->
                                new Member(
                                        fresh.getOrDefault(m.node(), m.incarnation()),
                                        m.node(),
                                        m.replication(),
                                        m.api()))
                        .toList();
        var former = row.primaryMember().node();
        var primary = fresh.getOrDefault(former, inPlace.getFirst().incarnation());
        var epoch = row.epoch().next();
        return new Configuration(
                row.group(),
                row.metadata(),
                epoch.olderThan(least) ? least : epoch,
                primary,
                members,
                new TreeSet<>(fresh.values()),
                row.minimumSize(),
                row.leaseVersion(),
                row.version() + 1);
    }

    private StepResult serve(StepContext step) throws InterruptedException {
        for (int attempt = 0; attempt < PATIENCE; attempt++) {
            var row = row(step);
            var primary = row.primaryMember().node();
            var serving =
                    Optional.ofNullable(fleet.reports(row.group()).get(primary))
                            .filter(MemberReport::serving)
                            .filter(report -> report.incarnation().equals(row.primary()));
            if (serving.isPresent() && fleet.up(primary)) {
                return StepResult.of(
                        "%s serves from block %d on".formatted(primary, serving.get().height()));
            }
            step.progress(0, 0, "waits for %s to serve".formatted(primary));
            step.pause(PAUSE);
        }
        return StepResult.of("restored; the primary does not serve yet, see the group");
    }

    private StepResult reconcile(StepContext step) throws InterruptedException {
        return contracts.follow(step, input(step).group(), step.output("height").asLong());
    }
}
