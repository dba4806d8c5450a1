package io.xwasm.controlplane.backups;

import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.MemberReport;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.RestoreBackup;
import io.xwasm.controlplane.api.RestorePreview;
import io.xwasm.controlplane.contracts.ChainReconciliation;
import io.xwasm.controlplane.events.FleetEvents;
import io.xwasm.controlplane.fleet.AgentLinks;
import io.xwasm.controlplane.fleet.Fleet;
import io.xwasm.controlplane.groups.GroupConfigurations;
import io.xwasm.controlplane.groups.Groups;
import io.xwasm.controlplane.identity.Actor;
import io.xwasm.controlplane.metadata.Database;
import io.xwasm.controlplane.operations.OperationOrder;
import io.xwasm.controlplane.operations.Operations;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** Begins backups, their verification and restores. */
public final class Backups {
    private static final Set<String> ONE_AT_A_TIME =
            Set.of(BackupKinds.BACKUP, RestoreKind.RESTORE);
    private static final Set<String> BEFORE_RESTORE =
            Set.of(
                    BackupKinds.BACKUP,
                    RestoreKind.RESTORE,
                    "deploy",
                    "upgrade",
                    "rollback",
                    "fund",
                    "failover",
                    "switchover");

    private final BackupCatalogue catalogue;
    private final Groups groups;
    private final Fleet fleet;
    private final Operations operations;
    private final LostCalls lost;

    /** Registers the operation kinds. */
    public Backups(
            BackupCatalogue catalogue,
            Database database,
            Groups groups,
            GroupConfigurations configurations,
            Fleet fleet,
            AgentLinks links,
            Operations operations,
            FleetEvents events,
            ChainReconciliation contracts,
            InstantSource clock) {
        var branches = new LedgerBranches(database, clock);
        this.catalogue = catalogue;
        this.groups = groups;
        this.fleet = fleet;
        this.operations = operations;
        this.lost = new LostCalls(fleet, links, branches);
        var nodes = new BackupNodes(groups, fleet, links);
        var verification = new Verification(catalogue, nodes, events);
        new BackupKinds(catalogue, nodes, verification, events).register(operations);
        new RestoreKind(
                        catalogue,
                        nodes,
                        verification,
                        branches,
                        configurations,
                        fleet,
                        lost,
                        contracts)
                .register(operations);
    }

    /**
     * @param verify whether it is verified at once
     */
    OperationView create(GroupId group, boolean verify, Actor actor) {
        var known = groups.group(group).group();
        return operations.start(
                OperationOrder.of(
                        BackupKinds.BACKUP,
                        known.value(),
                        known,
                        new BackupKinds.BackupInput(known, verify),
                        OperationOrder.onePerGroup(known, ONE_AT_A_TIME)),
                actor);
    }

    /** One that was found damaged may be looked at again: it may have been mended. */
    OperationView verify(String id, Actor actor) {
        var before = operations.begunBy(actor);
        if (before.isPresent()) {
            return before.get();
        }
        var backup = catalogue.require(id);
        if (!backup.taken()) {
            throw nothingToRead(backup);
        }
        return operations.start(
                OperationOrder.of(
                        BackupKinds.VERIFY,
                        id,
                        backup.view().group(),
                        new BackupKinds.VerifyInput(id, backup.view().group()),
                        OperationOrder.onePerSubject(id, Set.of(BackupKinds.VERIFY))),
                actor);
    }

    OperationView restore(String id, RestoreBackup restore, Actor actor) {
        var before = operations.begunBy(actor);
        if (before.isPresent()) {
            return before.get();
        }
        var backup = complete(id);
        var group = backup.view().group();
        Refusal.require(
                restore.confirm().equals(group),
                "a restore replaces the ledger of '%s': confirm it with that name, not '%s'"
                        .formatted(group, restore.confirm()));
        return operations.start(
                OperationOrder.of(
                        RestoreKind.RESTORE,
                        id,
                        group,
                        new RestoreKind.Input(id, group),
                        OperationOrder.onePerGroup(group, BEFORE_RESTORE)),
                actor);
    }

    /** What a restore would take away. */
    RestorePreview preview(String id) throws InterruptedException {
        var record = complete(id);
        var backup = record.view();
        var row = groups.configuration(backup.group());
        var counted =
                row.isEmpty() ? Optional.<LostCalls.Count>empty() : lost.by(row.get(), record);
        return new RestorePreview(
                id,
                backup.group(),
                counted.map(LostCalls.Count::height).orElseGet(() -> reported(backup.group())),
                backup.height(),
                counted.map(LostCalls.Count::lost).orElse(-1L),
                sentence(row, counted, backup.height()),
                row.map(Configuration::version).orElse(0L));
    }

    private static String sentence(
            Optional<Configuration> row, Optional<LostCalls.Count> counted, long height) {
        if (counted.isEmpty()) {
            return "no member of the group answers: how many calls after block %d would be lost is not known"
                    .formatted(height);
        }
        var count = counted.get();
        var lost = sentence(count);
        boolean byPrimary =
                row.filter(r -> r.primaryMember().node().equals(count.by())).isPresent();
        return byPrimary
                ? lost
                : "%s, as far as %s knows; the primary does not answer".formatted(lost, count.by());
    }

    private static String sentence(LostCalls.Count count) {
        if (!count.exact()) {
            return "the backup's block %d is not in the ledger of %s: at most %s would be lost, and how many is not known"
                    .formatted(count.backup(), count.by(), LostCalls.number(count.calls(), "call"));
        }
        return count.calls() == 0
                ? "no call was committed after %s: none would be lost".formatted(count.from())
                : "%s%s would be lost".formatted(count.words(), count.parted() ? "," : "");
    }

    private long reported(GroupId group) {
        return fleet.reports(group).values().stream()
                .mapToLong(MemberReport::committed)
                .max()
                .orElse(0);
    }

    private BackupRecord complete(String id) {
        var backup = catalogue.require(id);
        if (backup.complete()) {
            return backup;
        }
        if (!backup.taken()) {
            throw nothingToRead(backup);
        }
        throw Refusal.of(
                ProblemKind.NOT_NOW,
                "backup %s cannot be restored: %s; if it was mended, verify it again"
                        .formatted(id, backup.view().failure()));
    }

    private static Refusal nothingToRead(BackupRecord backup) {
        return Refusal.of(
                ProblemKind.NOT_NOW,
                "backup %s is %s: there is nothing to read"
                        .formatted(backup.view().id(), backup.view().state()));
    }
}
