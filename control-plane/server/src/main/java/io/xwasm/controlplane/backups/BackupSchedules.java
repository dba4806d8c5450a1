package io.xwasm.controlplane.backups;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.controlplane.api.BackupSchedule;
import io.xwasm.controlplane.groups.Groups;
import io.xwasm.controlplane.http.AuditTrail;
import io.xwasm.controlplane.identity.Actor;
import io.xwasm.controlplane.identity.Deed;
import io.xwasm.controlplane.metadata.Database;
import io.xwasm.controlplane.metadata.Row;
import io.xwasm.controlplane.metadata.Sql;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Backups that are taken by themselves. */
public final class BackupSchedules {
    private static final Logger LOG = LoggerFactory.getLogger(BackupSchedules.class);
    private static final int LONGEST = 60 * 24 * 366;

    private final Database database;
    private final Backups backups;
    private final Groups groups;
    private final AuditTrail audit;
    private final InstantSource clock;

    public BackupSchedules(
            Database database,
            Backups backups,
            Groups groups,
            AuditTrail audit,
            InstantSource clock) {
        this.database = database;
        this.backups = backups;
        this.groups = groups;
        this.audit = audit;
        this.clock = clock;
    }

    List<BackupSchedule> after(String group, int limit) {
        return database.read(sql ->
                sql.list(
                        "SELECT * FROM backup_schedule WHERE group_id > ?"
                                + " ORDER BY group_id LIMIT ?",
                        BackupSchedules::schedule,
                        group,
                        limit));
    }

    /** Whether a group is backed up by itself. */
    public Optional<BackupSchedule> find(GroupId group) {
        return database.read(sql -> find(sql, group));
    }

    private static Optional<BackupSchedule> find(Sql sql, GroupId group) {
        return sql.first(
                "SELECT * FROM backup_schedule WHERE group_id = ?",
                BackupSchedules::schedule,
                group.value());
    }

    BackupSchedule set(GroupId group, BackupSchedule wanted, Optional<Long> ifVersion) {
        var known = groups.group(group).group();
        Refusal.require(
                wanted.group().equals(group),
                "the body is about group '%s', the path about '%s'"
                        .formatted(wanted.group(), group));
        Refusal.require(
                wanted.everyMinutes() >= 0 && wanted.everyMinutes() <= LONGEST,
                "everyMinutes is 0 for never, or up to a year, not " + wanted.everyMinutes());
        var now = clock.instant();
        return database.write(sql -> {
            long version = find(sql, known).map(BackupSchedule::version).orElse(0L);
            if (ifVersion.isPresent() && ifVersion.get() != version) {
                throw Refusal.of(
                        ProblemKind.CHANGED,
                        "the schedule of %s is at version %d, not %d: look at it again"
                                .formatted(known, version, ifVersion.get()));
            }
            var next =
                    new BackupSchedule(
                            known,
                            wanted.everyMinutes(),
                            wanted.verify(),
                            wanted.everyMinutes() == 0
                                    ? null
                                    : now.plus(Duration.ofMinutes(wanted.everyMinutes())),
                            version + 1);
            put(sql, next);
            return next;
        });
    }

    private static void put(Sql sql, BackupSchedule next) {
        var at = next.nextAt();
        var _ =
                sql.run(
                        "INSERT INTO backup_schedule"
                                + " (group_id, every_minutes, verify, next_at, version)"
                                + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (group_id) DO UPDATE SET"
                                + " every_minutes = excluded.every_minutes,"
                                + " verify = excluded.verify, next_at = excluded.next_at,"
                                + " version = excluded.version",
                        next.group().value(),
                        next.everyMinutes(),
                        next.verify(),
                        at == null ? null : at.toEpochMilli(),
                        next.version());
    }

    /** Begins what is due; to be called each second. What was missed runs once, and at once. */
    public void tick() {
        var now = clock.instant();
        for (var schedule : after("", Integer.MAX_VALUE)) {
            var due = schedule.nextAt();
            if (due != null && !due.isAfter(now)) {
                run(schedule, due, now);
            }
        }
    }

    private void run(BackupSchedule schedule, Instant due, Instant now) {
        // The same due run is the same request, however often it is tried.
        var actor =
                Actor.automation(
                        "schedule", "backup of %s due %s".formatted(schedule.group(), due));
        try {
            var operation = backups.create(schedule.group(), schedule.verify(), actor);
            audit.enter(
                    Deed.automatic(
                            actor,
                            "backups.create",
                            schedule.group().value(),
                            operation.id(),
                            "{\"schedule\":%d}".formatted(schedule.everyMinutes())));
        } catch (Refusal refusal) {
            if (refusal.kind() == ProblemKind.BUSY) {
                return;
            }
            LOG.warn("the scheduled backup of {}: {}", schedule.group(), refusal.sentence());
        }
        database.change(sql -> {
            var _ =
                    sql.run(
                            "UPDATE backup_schedule SET next_at = ?"
                                    + " WHERE group_id = ? AND next_at = ?",
                            now.plus(Duration.ofMinutes(schedule.everyMinutes())).toEpochMilli(),
                            schedule.group().value(),
                            due.toEpochMilli());
        });
    }

    private static BackupSchedule schedule(Row row) {
        return new BackupSchedule(
                new GroupId(row.text("group_id")),
                row.count("every_minutes"),
                row.flag("verify"),
                row.timeOrNull("next_at"),
                row.number("version"));
    }
}
