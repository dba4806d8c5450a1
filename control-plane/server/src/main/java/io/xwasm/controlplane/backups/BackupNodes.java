package io.xwasm.controlplane.backups;

import io.xwasm.agent.protocol.AgentEvent;
import io.xwasm.agent.protocol.Ask;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.agent.protocol.Reply;
import io.xwasm.controlplane.fleet.AgentLinks;
import io.xwasm.controlplane.fleet.AgentUnreachable;
import io.xwasm.controlplane.fleet.Fleet;
import io.xwasm.controlplane.groups.Groups;
import io.xwasm.controlplane.operations.StepContext;
import io.xwasm.controlplane.operations.StepFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Finds the node that does the work, a standby if there is one, and asks it. */
final class BackupNodes {
    private static final Duration SILENCE = Duration.ofMinutes(2);

    /** What one node cannot do now and another one may. */
    private static final Set<String> TRY_ANOTHER =
            Set.of("busy", "not_hosted", "store_unavailable");

    private final Groups groups;
    private final Fleet fleet;
    private final AgentLinks links;

    BackupNodes(Groups groups, Fleet fleet, AgentLinks links) {
        this.groups = groups;
        this.fleet = fleet;
        this.links = links;
    }

    /** An answer and who gave it. */
    record Answered(NodeId by, Reply reply) {
        /** When it is not the answer that was hoped for. */
        StepFailed failure() {
            return new StepFailed(
                    reply instanceof Reply.Refused(_, var why)
                            ? "%s: %s".formatted(by, why)
                            : "%s gave an unexpected answer: %s".formatted(by, reply));
        }
    }

    /**
     * Asks one node after another until one answers, which may be a refusal.
     *
     * @throws StepFailed when none can
     */
    Answered askOne(GroupId group, Ask ask, StepContext step) throws InterruptedException {
        var obstacles = new ArrayList<String>();
        for (var node : candidates(group)) {
            try {
                var reply = links.ask(node, ask, SILENCE, progress(step, node));
                if (!(reply instanceof Reply.Refused(var kind, var why))
                        || !TRY_ANOTHER.contains(kind)) {
                    return new Answered(node, reply);
                }
                obstacles.add("%s: %s".formatted(node, why));
            } catch (AgentUnreachable e) {
                obstacles.add(String.valueOf(e.getMessage()));
            }
        }
        throw new StepFailed(
                "no node of %s can do it: %s"
                        .formatted(
                                group,
                                obstacles.isEmpty() ? "none is up" : String.join("; ", obstacles)));
    }

    /** Standbys first: the primary has enough to do. */
    private List<NodeId> candidates(GroupId group) {
        var row = groups.configuration(group);
        if (row.isEmpty()) {
            return groups.group(group).nodes().stream().filter(fleet::up).toList();
        }
        var nodes = new ArrayList<NodeId>();
        row.get().inSyncStandbys().stream().map(Member::node).forEach(nodes::add);
        nodes.add(row.get().primaryMember().node());
        return nodes.stream().filter(fleet::up).toList();
    }

    /**
     * @throws AgentUnreachable when it is not there
     */
    Reply ask(NodeId node, Ask ask, StepContext step) throws InterruptedException {
        return links.ask(node, ask, SILENCE, progress(step, node));
    }

    /** The members of a group that are up. */
    List<NodeId> up(Configuration row) {
        return row.members().stream().map(Member::node).filter(fleet::up).sorted().toList();
    }

    private static Consumer<AgentEvent.Progress> progress(StepContext step, NodeId node) {
        return p -> step.progress(p.done(), p.total(), "%s: %s".formatted(node, p.sentence()));
    }
}
