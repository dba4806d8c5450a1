package io.xwasm.controlplane.groups;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.controlplane.api.FailoverPolicy;
import io.xwasm.controlplane.api.Strategy;
import io.xwasm.controlplane.metadata.Database;
import io.xwasm.controlplane.metadata.Sql;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.util.Locale;
import java.util.Optional;

/** How each group fails over. */
public final class GroupPolicies {
    private static final FailoverPolicy DEFAULT = new FailoverPolicy(Strategy.AUTOMATIC, 2, 0, 0);
    private static final double LONGEST_RTO = 86_400;

    private final Database database;

    public GroupPolicies(Database database) {
        this.database = database;
    }

    public FailoverPolicy of(GroupId group) {
        return database.read(sql -> find(sql, group));
    }

    /**
     * @throws Refusal when the policy has another version than the change is based on
     */
    FailoverPolicy set(GroupId group, FailoverPolicy policy, Optional<Long> ifVersion) {
        Refusal.require(
                policy.rtoSeconds() > 0 && policy.rtoSeconds() <= LONGEST_RTO,
                "rtoSeconds is more than 0 and at most a day, not " + policy.rtoSeconds());
        Refusal.require(policy.rpoCalls() >= 0, "rpoCalls is 0 or more, not " + policy.rpoCalls());
        return database.write(sql -> {
            long version = find(sql, group).version();
            requireVersion("the policy of " + group, version, ifVersion);
            var next =
                    new FailoverPolicy(
                            policy.strategy(), policy.rtoSeconds(), policy.rpoCalls(), version + 1);
            put(sql, group, next);
            return next;
        });
    }

    private static void requireVersion(String what, long version, Optional<Long> wanted) {
        if (wanted.isPresent() && wanted.get() != version) {
            throw Refusal.of(
                    ProblemKind.CHANGED,
                    "%s is at version %d, not %d: look at it again and then change it"
                            .formatted(what, version, wanted.get()));
        }
    }

    private static void put(Sql sql, GroupId group, FailoverPolicy next) {
        var _ =
                sql.run(
                        "INSERT INTO group_policy"
                                + " (group_id, strategy, rto_seconds, rpo_calls, version)"
                                + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (group_id) DO UPDATE SET"
                                + " strategy = excluded.strategy,"
                                + " rto_seconds = excluded.rto_seconds,"
                                + " rpo_calls = excluded.rpo_calls, version = excluded.version",
                        group.value(),
                        next.strategy().name().toLowerCase(Locale.ROOT),
                        next.rtoSeconds(),
                        next.rpoCalls(),
                        next.version());
    }

    private static FailoverPolicy find(Sql sql, GroupId group) {
        return sql.first(
                        "SELECT * FROM group_policy WHERE group_id = ?",
                        row ->
                                new FailoverPolicy(
                                        Strategy.valueOf(
                                                row.text("strategy").toUpperCase(Locale.ROOT)),
                                        row.fraction("rto_seconds"),
                                        row.number("rpo_calls"),
                                        row.number("version")),
                        group.value())
                .orElse(DEFAULT);
    }
}
