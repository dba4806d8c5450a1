package io.xwasm.controlplane.alerts;

import io.xwasm.controlplane.api.AlertRule;
import io.xwasm.controlplane.metadata.Database;
import io.xwasm.controlplane.metadata.Row;
import io.xwasm.controlplane.metadata.Sql;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules; the usual ones are there from the first start. */
public final class AlertRules {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
    private static final Set<String> SEVERITIES = Set.of("warning", "critical");
    private static final int LONGEST_WINDOW = 3600;
    private static final int LONGEST_FOR = 86_400;

    private static final List<AlertRule> USUAL =
            List.of(
                    usual(RuleKind.HIGH_GAS_USAGE, 5_000_000, 1, "warning", true),
                    usual(RuleKind.HIGH_ERROR_RATE, 0.05, 20, "critical", true),
                    usual(RuleKind.HIGH_LATENCY, 0.5, 1, "warning", true),
                    usual(RuleKind.LOW_THROUGHPUT, 1, 0, "warning", false),
                    usual(RuleKind.NODE_DOWN, 5, 0, "critical", true),
                    usual(RuleKind.BACKUP_TOO_OLD, 24, 0, "warning", true));

    private final Database database;

    public AlertRules(Database database) {
        this.database = database;
        database.change(sql -> {
            if (sql.number("SELECT COUNT(*) FROM alert_rule") == 0) {
                USUAL.forEach(rule -> put(sql, rule));
            }
        });
    }

    private static AlertRule usual(
            RuleKind kind, double threshold, int minimumCalls, String severity, boolean enabled) {
        return new AlertRule(
                kind.word(), kind.word(), threshold, 0, 60, minimumCalls, severity, enabled, 0, 1);
    }

    List<AlertRule> after(String name, int limit) {
        return database.read(sql ->
                sql.list(
                        "SELECT *, (SELECT COUNT(*) FROM alert WHERE alert.rule ="
                                + " alert_rule.name AND state = 'firing') AS firing"
                                + " FROM alert_rule WHERE name > ? ORDER BY name LIMIT ?",
                        AlertRules::rule,
                        name,
                        limit));
    }

    Optional<AlertRule> find(String name) {
        return database.read(sql -> find(sql, name));
    }

    private static Optional<AlertRule> find(Sql sql, String name) {
        return sql.first(
                "SELECT *, (SELECT COUNT(*) FROM alert WHERE alert.rule = alert_rule.name"
                        + " AND state = 'firing') AS firing FROM alert_rule WHERE name = ?",
                AlertRules::rule,
                name);
    }

    /** Changes a rule, or adds one under a new name. */
    AlertRule set(String name, AlertRule wanted, Optional<Long> ifVersion) {
        check(name, wanted);
        return database.write(sql -> {
            long version = find(sql, name).map(AlertRule::version).orElse(0L);
            if (ifVersion.isPresent() && ifVersion.get() != version) {
                throw Refusal.of(
                        ProblemKind.CHANGED,
                        "rule %s is at version %d, not %d: look at it again"
                                .formatted(name, version, ifVersion.get()));
            }
            put(sql, withVersion(wanted, version + 1));
            return find(sql, name).orElseThrow();
        });
    }

    private static AlertRule withVersion(AlertRule rule, long version) {
        return new AlertRule(
                rule.name(),
                rule.kind(),
                rule.threshold(),
                rule.forSeconds(),
                rule.windowSeconds(),
                rule.minimumCalls(),
                rule.severity(),
                rule.enabled(),
                0,
                version);
    }

    private static void check(String name, AlertRule rule) {
        Refusal.require(
                rule.name().equals(name),
                "the body is about rule '%s', the path about '%s'".formatted(rule.name(), name));
        Refusal.require(
                NAME.matcher(name).matches(),
                "'%s' is no rule name: lower-case letters, digits, dashes and _".formatted(name));
        Refusal.require(
                RuleKind.of(rule.kind()).isPresent(),
                "kind is one of %s, not '%s'".formatted(RuleKind.words(), rule.kind()));
        Refusal.require(
                Double.isFinite(rule.threshold()) && rule.threshold() >= 0,
                "threshold is 0 or more, not " + rule.threshold());
        Refusal.require(
                rule.windowSeconds() >= 1 && rule.windowSeconds() <= LONGEST_WINDOW,
                "windowSeconds is 1 to %d, not %d".formatted(LONGEST_WINDOW, rule.windowSeconds()));
        Refusal.require(
                rule.forSeconds() >= 0 && rule.forSeconds() <= LONGEST_FOR,
                "forSeconds is 0 to %d, not %d".formatted(LONGEST_FOR, rule.forSeconds()));
        Refusal.require(
                rule.minimumCalls() >= 0, "minimumCalls is 0 or more, not " + rule.minimumCalls());
        Refusal.require(
                SEVERITIES.contains(rule.severity()),
                "severity is warning or critical, not '%s'".formatted(rule.severity()));
    }

    private static void put(Sql sql, AlertRule rule) {
        var _ = sql.run("DELETE FROM alert_rule WHERE name = ?", rule.name());
        var _ =
                sql.run(
                        "INSERT INTO alert_rule (name, kind, threshold, for_seconds,"
                                + " window_seconds, minimum_calls, severity, enabled, version)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        rule.name(),
                        rule.kind(),
                        rule.threshold(),
                        rule.forSeconds(),
                        rule.windowSeconds(),
                        rule.minimumCalls(),
                        rule.severity(),
                        rule.enabled(),
                        rule.version());
    }

    private static AlertRule rule(Row row) {
        return new AlertRule(
                row.text("name"),
                row.text("kind"),
                row.fraction("threshold"),
                row.count("for_seconds"),
                row.count("window_seconds"),
                row.count("minimum_calls"),
                row.text("severity"),
                row.flag("enabled"),
                row.count("firing"),
                row.number("version"));
    }
}
