package io.xwasm.controlplane.backups;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.controlplane.api.BackupSchedule;
import io.xwasm.controlplane.api.CreateBackup;
import io.xwasm.controlplane.api.RestoreBackup;
import io.xwasm.controlplane.http.Answer;
import io.xwasm.controlplane.http.Request;
import io.xwasm.controlplane.http.Route;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.util.List;

/** Backups and their schedules over HTTP. */
public final class BackupRoutes {
    private final Backups backups;
    private final BackupCatalogue catalogue;
    private final BackupSchedules schedules;

    public BackupRoutes(Backups backups, BackupCatalogue catalogue, BackupSchedules schedules) {
        this.backups = backups;
        this.catalogue = catalogue;
        this.schedules = schedules;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/backups", this::list),
                Route.post("/backups", "backups.create", this::create),
                Route.get("/backups/{id}", this::show),
                Route.post("/backups/{id}/verify", "backups.verify", this::verify),
                Route.get("/backups/{id}/restore-preview", this::preview),
                Route.post("/backups/{id}/restore", "backups.restore", this::restore),
                Route.get("/backup-schedules", this::schedules),
                Route.put("/groups/{group}/backup-schedule", "backups.schedule", this::schedule));
    }

    private Answer list(Request request) {
        var stretch = request.stretch();
        return Answer.page(
                catalogue.page(stretch.numberCursor(Long.MAX_VALUE), stretch.limit() + 1),
                stretch.limit(),
                record -> Long.toString(record.sequence()),
                BackupRecord::view);
    }

    private Answer create(Request request) {
        var create = request.body(CreateBackup.class);
        request.about(create.group());
        return Answer.accepted(backups.create(create.group(), false, request.actor()));
    }

    private Answer show(Request request) {
        return Answer.ok(catalogue.require(request.path("id")).view());
    }

    private Answer verify(Request request) {
        return Answer.accepted(backups.verify(request.path("id"), request.actor()));
    }

    private Answer preview(Request request) throws InterruptedException {
        return Answer.ok(backups.preview(request.path("id")));
    }

    private Answer restore(Request request) {
        var restore = request.body(RestoreBackup.class);
        return Answer.accepted(backups.restore(request.path("id"), restore, request.actor()));
    }

    private Answer schedules(Request request) {
        var stretch = request.stretch();
        return Answer.page(
                schedules.after(stretch.textCursor(""), stretch.limit() + 1),
                stretch.limit(),
                schedule -> schedule.group().value());
    }

    private Answer schedule(Request request) {
        var wanted = request.body(BackupSchedule.class);
        GroupId group;
        try {
            group = new GroupId(request.path("group"));
        } catch (IllegalArgumentException e) {
            throw Refusal.of(ProblemKind.UNKNOWN_GROUP, String.valueOf(e.getMessage()));
        }
        schedules.find(group).ifPresent(request::before);
        var set = schedules.set(group, wanted, request.ifMatch());
        return Answer.versioned(set, set.version());
    }
}
