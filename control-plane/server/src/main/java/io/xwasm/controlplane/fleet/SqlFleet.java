package io.xwasm.controlplane.fleet;

import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.metadata.Sql;
import java.util.List;

/** The nodes that were ever seen, so that one that is gone is still listed. */
final class SqlFleet {
    private SqlFleet() {}

    static List<NodeState> nodes(Sql sql) {
        return sql.list(
                "SELECT * FROM node ORDER BY node",
                row ->
                        new NodeState(
                                new NodeId(row.text("node")),
                                row.text("version"),
                                row.text("replication"),
                                row.text("api"),
                                false,
                                row.time("last_seen_at"),
                                null,
                                List.of(),
                                0));
    }

    static void remember(Sql sql, NodeState state) {
        long seen = state.lastSeenAt().toEpochMilli();
        var _ =
                sql.run(
                        "INSERT INTO node"
                                + " (node, version, replication, api, first_seen_at, last_seen_at)"
                                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (node) DO UPDATE SET"
                                + " version = excluded.version,"
                                + " replication = excluded.replication,"
                                + " api = excluded.api, last_seen_at = excluded.last_seen_at",
                        state.node().value(),
                        state.version(),
                        state.replication(),
                        state.api(),
                        seen,
                        seen);
    }
}
