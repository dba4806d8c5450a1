package io.xwasm.controlplane.alerts;

import io.xwasm.controlplane.api.AlertView;
import io.xwasm.controlplane.metadata.Row;
import io.xwasm.controlplane.metadata.Sql;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements behind {@link Alerts}. */
final class SqlAlerts {
    static final String PENDING = "pending";
    static final String FIRING = "firing";
    static final String RESOLVED = "resolved";

    private SqlAlerts() {}

    record Numbered(long sequence, AlertView view) {}

    static List<AlertView> open(Sql sql) {
        return sql.list(
                "SELECT * FROM alert WHERE state IN ('pending', 'firing') ORDER BY seq",
                SqlAlerts::view);
    }

    static List<Numbered> page(Sql sql, @Nullable String state, long below, int limit) {
        return sql.list(
                "SELECT * FROM alert WHERE seq < ? AND (? IS NULL OR state = ?)"
                        + " ORDER BY seq DESC LIMIT ?",
                row -> new Numbered(row.number("seq"), view(row)),
                below,
                state,
                state,
                limit);
    }

    static void insert(Sql sql, AlertView alert) {
        var _ =
                sql.run(
                        "INSERT INTO alert (id, rule, severity, state, subject, summary, value,"
                                + " threshold, since, fired_at, link)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        alert.id(),
                        alert.rule(),
                        alert.severity(),
                        alert.state(),
                        alert.subject(),
                        alert.summary(),
                        alert.value(),
                        alert.threshold(),
                        alert.since().toEpochMilli(),
                        millis(alert.firedAt()),
                        alert.link());
    }

    static void update(Sql sql, AlertView alert) {
        var _ =
                sql.run(
                        "UPDATE alert SET state = ?, summary = ?, value = ?, fired_at = ?,"
                                + " resolved_at = ? WHERE id = ?",
                        alert.state(),
                        alert.summary(),
                        alert.value(),
                        millis(alert.firedAt()),
                        millis(alert.resolvedAt()),
                        alert.id());
    }

    static void forget(Sql sql, String id) {
        var _ = sql.run("DELETE FROM alert WHERE id = ?", id);
    }

    static void enqueue(Sql sql, String alert, String payload, Instant now) {
        var _ =
                sql.run(
                        "INSERT INTO alert_notification (alert, payload, attempts, next_at)"
                                + " VALUES (?, ?, 0, ?)",
                        alert,
                        payload,
                        now.toEpochMilli());
    }

    private static @Nullable Long millis(@Nullable Instant at) {
        return at == null ? null : at.toEpochMilli();
    }

    static AlertView view(Row row) {
        return new AlertView(
                row.text("id"),
                row.text("rule"),
                row.text("severity"),
                row.text("state"),
                row.text("subject"),
                row.text("summary"),
                row.fraction("value"),
                row.fraction("threshold"),
                row.time("since"),
                row.timeOrNull("fired_at"),
                row.timeOrNull("resolved_at"),
                row.timeOrNull("notified_at"),
                row.text("link"));
    }
}
