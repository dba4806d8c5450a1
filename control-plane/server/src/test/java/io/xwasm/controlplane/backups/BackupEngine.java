package io.xwasm.controlplane.backups;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.controlplane.api.BackupView;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.RestoreBackup;
import io.xwasm.controlplane.api.RestorePreview;
import io.xwasm.controlplane.contracts.ChainReconciliation;
import io.xwasm.controlplane.events.FleetEvents;
import io.xwasm.controlplane.fleet.AgentLinks;
import io.xwasm.controlplane.fleet.Fleet;
import io.xwasm.controlplane.groups.GroupConfigurations;
import io.xwasm.controlplane.groups.Groups;
import io.xwasm.controlplane.http.AuditTrail;
import io.xwasm.controlplane.identity.Actor;
import io.xwasm.controlplane.metadata.Database;
import io.xwasm.controlplane.operations.Operations;
import java.time.InstantSource;
import java.util.List;

/** Opens the feature to tests of other packages. */
public final class BackupEngine {
    private final BackupCatalogue catalogue;
    private final Backups backups;

    public BackupEngine(
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
        this.catalogue = catalogue;
        this.backups =
                new Backups(
                        catalogue,
                        database,
                        groups,
                        configurations,
                        fleet,
                        links,
                        operations,
                        events,
                        contracts,
                        clock);
    }

    public OperationView create(GroupId group, boolean verify, Actor by) {
        return backups.create(group, verify, by);
    }

    public RestorePreview preview(String id) throws InterruptedException {
        return backups.preview(id);
    }

    public OperationView verify(String id, Actor by) {
        return backups.verify(id, by);
    }

    public OperationView restore(String id, GroupId confirm, Actor by) {
        return backups.restore(id, new RestoreBackup(confirm), by);
    }

    /** Schedules on top of it, with entries that nobody reads. */
    public BackupSchedules schedules(
            Database database, Groups groups, AuditTrail audit, InstantSource clock) {
        return new BackupSchedules(database, backups, groups, audit, clock);
    }

    public BackupView view(String id) {
        return catalogue.require(id).view();
    }

    public List<BackupView> newestFirst() {
        return catalogue.page(Long.MAX_VALUE, 100).stream().map(BackupRecord::view).toList();
    }

    public String state(String id) {
        return catalogue.require(id).view().state();
    }
}
