package io.xwasm.controlplane.fleet;

import io.xwasm.agent.protocol.AgentEvent;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.MemberReport;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.events.FleetEvents;
import io.xwasm.controlplane.metadata.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** What every node last said. */
public final class Fleet implements LinkListener {
    private final Database database;
    private final FleetEvents events;
    private final InstantSource clock;
    private final ConcurrentMap<NodeId, NodeState> nodes = new ConcurrentSkipListMap<>();

    public Fleet(Database database, FleetEvents events, InstantSource clock) {
        this.database = database;
        this.events = events;
        this.clock = clock;
        database.read(SqlFleet::nodes).forEach(node -> nodes.put(node.node(), node));
    }

    /** All that were ever seen, by name. */
    public List<NodeState> nodes() {
        return List.copyOf(nodes.values());
    }

    public Optional<NodeState> node(NodeId node) {
        return Optional.ofNullable(nodes.get(node));
    }

    /** What the members of a group last said, those that are gone included. */
    public Map<NodeId, MemberReport> reports(GroupId group) {
        var reports = new TreeMap<NodeId, MemberReport>();
        for (var node : nodes.values()) {
            node.report(group).ifPresent(report -> reports.put(node.node(), report));
        }
        return reports;
    }

    /** Whether the node has a link and was heard within the last seconds. */
    public boolean up(NodeId node) {
        var state = nodes.get(node);
        return state != null && state.up(clock.instant());
    }

    @Override
    public void linkOpened(NodeId node, AgentEvent.Hello hello) {
        var now = clock.instant();
        nodes.compute(
                node,
                (_, known) ->
                        new NodeState(
                                node,
                                hello.version(),
                                hello.replication(),
                                hello.api(),
                                true,
                                now,
                                known == null ? null : known.health(),
                                hello.groups(),
                                known == null ? 0 : known.clockOffsetMillis()));
        remember(node);
        tell(node, "%s is connected".formatted(node));
    }

    @Override
    public void linkClosed(NodeId node) {
        nodes.computeIfPresent(
                node,
                (_, known) ->
                        new NodeState(
                                node,
                                known.version(),
                                known.replication(),
                                known.api(),
                                false,
                                known.lastSeenAt(),
                                known.health(),
                                known.reports(),
                                known.clockOffsetMillis()));
        tell(node, "%s lost its link".formatted(node));
        remember(node);
    }

    @Override
    public void event(NodeId node, AgentEvent event) {
        var now = clock.instant();
        nodes.computeIfPresent(node, (_, known) -> heard(known, event, now));
    }

    private static NodeState heard(NodeState known, AgentEvent event, Instant now) {
        if (!(event instanceof AgentEvent.Heartbeat(var health, var groups))) {
            return new NodeState(
                    known.node(),
                    known.version(),
                    known.replication(),
                    known.api(),
                    known.connected(),
                    now,
                    known.health(),
                    known.reports(),
                    known.clockOffsetMillis());
        }
        return new NodeState(
                known.node(),
                known.version(),
                known.replication(),
                known.api(),
                known.connected(),
                now,
                health,
                groups,
                health.sentAtMillis() - now.toEpochMilli());
    }

    private void remember(NodeId node) {
        var state = nodes.get(node);
        if (state != null) {
            database.change(sql -> SqlFleet.remember(sql, state));
        }
    }

    private void tell(NodeId node, String sentence) {
        events.publish("node", node.value(), sentence, "nodes/" + node);
    }
}
