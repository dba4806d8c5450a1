package io.xwasm.controlplane.alerts;

import io.xwasm.controlplane.api.AlertRule;
import io.xwasm.controlplane.api.AlertView;
import io.xwasm.controlplane.api.Finding;
import io.xwasm.controlplane.api.Health;
import io.xwasm.controlplane.events.FleetEvents;
import io.xwasm.controlplane.metadata.Database;
import io.xwasm.controlplane.metadata.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Alerts from pending over firing to resolved. */
public final class Alerts {
    private final AlertRules rules;
    private final RuleSources sources;
    private final Database database;
    private final Notification notification;
    private final FleetEvents events;
    private final InstantSource clock;
    private final Map<String, AlertView> open = new LinkedHashMap<>();
    private volatile Round last = new Round(0, Instant.EPOCH, 0);

    /** How the last round went. */
    public record Round(int rules, Instant at, double millis) {}

    public Alerts(
            AlertRules rules,
            RuleSources sources,
            Database database,
            Notification notification,
            FleetEvents events,
            InstantSource clock) {
        this.rules = rules;
        this.sources = sources;
        this.database = database;
        this.notification = notification;
        this.events = events;
        this.clock = clock;
        database.read(SqlAlerts::open).forEach(alert -> open.put(key(alert), alert));
    }

    private static String key(AlertView alert) {
        return alert.rule() + " " + alert.subject();
    }

    /** Measures every enabled rule; to be called each second. */
    public synchronized void tick() {
        long began = System.nanoTime();
        var now = clock.instant();
        var enabled =
                rules.after("", Integer.MAX_VALUE).stream().filter(AlertRule::enabled).toList();
        var ended = new LinkedHashMap<>(open);
        for (var rule : enabled) {
            for (var measured : Measurement.breaking(rule, sources)) {
                ended.remove(rule.name() + " " + measured.subject());
                holds(rule, measured, now);
            }
            if (!ended.isEmpty()) {
                // What fired before a restart is neither over nor new.
                Measurement.undecided(rule, sources)
                        .forEach(subject -> ended.remove(rule.name() + " " + subject));
            }
        }
        ended.values().forEach(alert -> ended(alert, now));
        last = new Round(enabled.size(), now, (System.nanoTime() - began) / 1e6);
    }

    private void holds(AlertRule rule, Measurement measured, Instant now) {
        var key = rule.name() + " " + measured.subject();
        var before = open.get(key);
        var since = before == null ? now : before.since();
        boolean due = !since.plus(Duration.ofSeconds(rule.forSeconds())).isAfter(now);
        boolean fires = due && (before == null || before.firedAt() == null);
        var firedAt = fires ? now : before == null ? null : before.firedAt();
        var alert = view(before, rule, measured, since, firedAt);
        open.put(key, alert);
        if (fires) {
            store(before, alert, now);
        } else if (before == null) {
            database.change(sql -> SqlAlerts.insert(sql, alert));
            tell(alert);
        }
    }

    private static AlertView view(
            @Nullable AlertView before,
            AlertRule rule,
            Measurement measured,
            Instant since,
            @Nullable Instant firedAt) {
        return new AlertView(
                before == null ? "a-" + UUID.randomUUID() : before.id(),
                rule.name(),
                rule.severity(),
                firedAt == null ? SqlAlerts.PENDING : SqlAlerts.FIRING,
                measured.subject(),
                measured.summary(),
                measured.value(),
                rule.threshold(),
                since,
                firedAt,
                null,
                null,
                measured.link());
    }

    private void store(@Nullable AlertView before, AlertView alert, Instant now) {
        database.change(sql -> {
            if (before == null) {
                SqlAlerts.insert(sql, alert);
            } else {
                SqlAlerts.update(sql, alert);
            }
            enqueue(sql, alert, now);
        });
        tell(alert);
        notification.waiting();
    }

    private void ended(AlertView alert, Instant now) {
        open.remove(key(alert));
        if (alert.firedAt() == null) {
            database.change(sql -> SqlAlerts.forget(sql, alert.id()));
            return;
        }
        var resolved =
                new AlertView(
                        alert.id(),
                        alert.rule(),
                        alert.severity(),
                        SqlAlerts.RESOLVED,
                        alert.subject(),
                        alert.summary(),
                        alert.value(),
                        alert.threshold(),
                        alert.since(),
                        alert.firedAt(),
                        now,
                        alert.notifiedAt(),
                        alert.link());
        store(alert, resolved, now);
    }

    private void enqueue(Sql sql, AlertView alert, Instant now) {
        SqlAlerts.enqueue(sql, alert.id(), notification.payload(alert), now);
    }

    private void tell(AlertView alert) {
        events.publish(
                "alert", alert.id(), "%s: %s".formatted(alert.state(), alert.summary()), "alerts");
    }

    /** How the last round went. */
    public Round last() {
        return last;
    }

    /** What fires, for the fleet's sentence. */
    public List<Finding> firing() {
        return database.read(SqlAlerts::open).stream()
                .filter(alert -> alert.state().equals(SqlAlerts.FIRING))
                .map(alert ->
                        new Finding(
                                alert.severity().equals("critical") ? Health.BAD : Health.WARN,
                                "Alert: " + alert.summary(),
                                "alerts"))
                .toList();
    }

    /** Newest first; what is open shows the newest value. */
    synchronized List<SqlAlerts.Numbered> page(@Nullable String state, long below, int limit) {
        return database.read(sql -> SqlAlerts.page(sql, state, below, limit)).stream()
                .map(row -> new SqlAlerts.Numbered(row.sequence(), fresh(row.view())))
                .toList();
    }

    private AlertView fresh(AlertView stored) {
        var live = open.get(key(stored));
        if (live == null || !live.id().equals(stored.id())) {
            return stored;
        }
        return new AlertView(
                stored.id(),
                stored.rule(),
                stored.severity(),
                stored.state(),
                stored.subject(),
                live.summary(),
                live.value(),
                live.threshold(),
                stored.since(),
                stored.firedAt(),
                stored.resolvedAt(),
                stored.notifiedAt(),
                stored.link());
    }
}
