package io.xwasm.controlplane.groups;

import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.MemberReport;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.fleet.Fleet;
import io.xwasm.controlplane.fleet.NodeState;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/** When a new group may begin: all its nodes are there, with equal and empty ledgers. */
final class Formation {
    private Formation() {}

    /**
     * The first configuration: epoch 1, led by the first node, all in sync.
     *
     * @return empty as long as a node is missing, or when a ledger holds anything
     */
    static Optional<Configuration> of(GroupDefinition definition, Fleet fleet, UUID metadata) {
        var members = new ArrayList<Member>();
        var reports = new ArrayList<MemberReport>();
        for (NodeId node : definition.nodes()) {
            var state = fleet.node(node).filter(NodeState::connected);
            var report = state.flatMap(s -> s.report(definition.group()));
            if (state.isEmpty() || report.isEmpty() || !untouched(report.get())) {
                return Optional.empty();
            }
            reports.add(report.get());
            members.add(
                    new Member(
                            report.get().incarnation(),
                            node,
                            state.get().replication(),
                            state.get().api()));
        }
        if (reports.stream().map(MemberReport::hash).distinct().count() > 1) {
            return Optional.empty();
        }
        var inSync = new TreeSet<>(members.stream().map(Member::incarnation).toList());
        return Optional.of(
                new Configuration(
                        definition.group(),
                        metadata,
                        Epoch.NONE.next(),
                        members.getFirst().incarnation(),
                        members,
                        inSync,
                        definition.minimumSize(),
                        0,
                        1));
    }

    private static boolean untouched(MemberReport report) {
        return report.height() == 0 && report.epoch().equals(Epoch.NONE);
    }
}
