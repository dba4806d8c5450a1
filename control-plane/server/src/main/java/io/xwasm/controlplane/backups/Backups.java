package io.xwasm.controlplane.backups;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.MemberReport;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.RestoreBackup;
import io.xwasm.controlplane.api.RestorePreview;
import io.xwasm.controlplane.events.FleetEvents;
import io.xwasm.controlplane.fleet.AgentLinks;
import io.xwasm.controlplane.fleet.Fleet;
import io.xwasm.controlplane.groups.GroupConfigurations;
import io.xwasm.controlplane.groups.Groups;
import io.xwasm.controlplane.identity.Actor;
import io.xwasm.controlplane.operations.OperationOrder;
import io.xwasm.controlplane.operations.Operations;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
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

    /** Registers the operation kinds. */
    public Backups(
            BackupCatalogue catalogue,
            Groups groups,
            GroupConfigurations configurations,
            Fleet fleet,
            AgentLinks links,
            Operations operations,
            FleetEvents events) {
        this.catalogue = catalogue;
        this.groups = groups;
        this.fleet = fleet;
        this.operations = operations;
        var nodes = new BackupNodes(groups, fleet, links);
        new BackupKinds(catalogue, nodes, events).register(operations);
        new RestoreKind(catalogue, nodes, configurations, fleet).register(operations);
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

    OperationView verify(String id, Actor actor) {
        var backup = complete(id);
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

    /** How many calls are in a block is not known here, so what is lost is told in blocks. */
    RestorePreview preview(String id) {
        var backup = complete(id).view();
        long now =
                fleet.reports(backup.group()).values().stream()
                        .mapToLong(MemberReport::committed)
                        .max()
                        .orElse(0);
        long blocks = Math.max(0, now - backup.height());
        var sentence =
                blocks == 0
                        ? "nothing was committed since: no call would be lost"
                        : "the calls of %d blocks after block %d would be lost"
                                .formatted(blocks, backup.height());
        return new RestorePreview(
                id,
                backup.group(),
                now,
                backup.height(),
                blocks == 0 ? 0 : -1,
                sentence,
                groups.configuration(backup.group()).map(c -> c.version()).orElse(0L));
    }

    private BackupRecord complete(String id) {
        var backup = catalogue.require(id);
        if (!backup.complete()) {
            throw Refusal.of(
                    ProblemKind.NOT_NOW,
                    "backup %s is %s: there is nothing to read"
                            .formatted(id, backup.view().state()));
        }
        return backup;
    }
}
