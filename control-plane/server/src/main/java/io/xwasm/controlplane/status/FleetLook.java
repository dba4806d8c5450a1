package io.xwasm.controlplane.status;

import io.xwasm.controlplane.alerts.Alerts;
import io.xwasm.controlplane.api.Finding;
import io.xwasm.controlplane.api.FleetStatus;
import io.xwasm.controlplane.api.GroupView;
import io.xwasm.controlplane.api.Health;
import io.xwasm.controlplane.api.NodeView;
import io.xwasm.controlplane.groups.GroupViews;
import io.xwasm.controlplane.groups.NodeViews;
import io.xwasm.controlplane.operations.Operations;
import io.xwasm.controlplane.signals.SignalHistory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Says in one sentence how the fleet is. */
public final class FleetLook {
    private final NodeViews nodes;
    private final GroupViews groups;
    private final SignalHistory signals;
    private final Operations operations;
    private final Sources sources;

    /** What other features add. */
    public record Sources(
            Supplier<Integer> contracts,
            Supplier<List<Finding>> contractFindings,
            Supplier<Alerts.Round> rules,
            Supplier<List<Finding>> alerts,
            String version,
            Supplier<Integer> members) {}

    public FleetLook(
            NodeViews nodes,
            GroupViews groups,
            SignalHistory signals,
            Operations operations,
            Sources sources) {
        this.nodes = nodes;
        this.groups = groups;
        this.signals = signals;
        this.operations = operations;
        this.sources = sources;
    }

    FleetStatus status() {
        var allNodes = nodes.all();
        var allGroups = groups.all();
        var alerts = sources.alerts().get();
        var problems = new ArrayList<Finding>();
        allGroups.forEach(group -> addIfWrong(problems, group));
        allNodes.forEach(node -> addIfWrong(problems, node));
        problems.addAll(sources.contractFindings().get());
        problems.addAll(alerts);
        problems.sort(Comparator.comparing(finding -> finding.severity() != Health.BAD));
        var health =
                problems.isEmpty()
                        ? allNodes.isEmpty() ? Health.UNKNOWN : Health.OK
                        : problems.getFirst().severity();
        int up = (int) allNodes.stream().filter(FleetLook::up).count();
        var rules = sources.rules().get();
        return new FleetStatus(
                sentence(problems, allNodes, allGroups, up),
                health,
                problems,
                up,
                allNodes.size(),
                allGroups.size(),
                sources.contracts().get(),
                signals.callsTotal(),
                signals.countedSince(),
                sources.version(),
                sources.members().get(),
                rules.rules(),
                rules.at(),
                rules.millis(),
                alerts.size(),
                operations.running().size());
    }

    private static boolean up(NodeView node) {
        return node.connected() && node.health() != Health.BAD;
    }

    private static void addIfWrong(List<Finding> problems, GroupView group) {
        if (wrong(group.health())) {
            problems.add(
                    new Finding(
                            group.health(),
                            "Group %s: %s".formatted(group.group(), group.sentence()),
                            "failover/" + group.group()));
        }
    }

    private static void addIfWrong(List<Finding> problems, NodeView node) {
        if (wrong(node.health())) {
            problems.add(
                    new Finding(
                            node.health(),
                            "Node %s: %s".formatted(node.node(), node.sentence()),
                            "nodes/" + node.node()));
        }
    }

    private static boolean wrong(Health health) {
        return health == Health.WARN || health == Health.BAD;
    }

    private static String sentence(
            List<Finding> problems, List<NodeView> nodes, List<GroupView> groups, int up) {
        if (nodes.isEmpty()) {
            return "No node has connected yet.";
        }
        if (problems.isEmpty()) {
            long serving = groups.stream().filter(GroupView::serving).count();
            return "All clear: %d of %d nodes healthy, %d of %d groups serving."
                    .formatted(up, nodes.size(), serving, groups.size());
        }
        var count = problems.size();
        return "%s %s. %s."
                .formatted(
                        inWords(count),
                        count == 1 ? "problem" : "problems",
                        problems.getFirst().sentence());
    }

    private static String inWords(int count) {
        return switch (count) {
            case 1 -> "One";
            case 2 -> "Two";
            case 3 -> "Three";
            case 4 -> "Four";
            case 5 -> "Five";
            default -> Integer.toString(count);
        };
    }
}
