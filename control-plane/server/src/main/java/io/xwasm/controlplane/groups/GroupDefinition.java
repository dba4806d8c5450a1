package io.xwasm.controlplane.groups;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.configuration.Settings;
import java.util.List;

/**
 * A group as the configuration file wants it.
 *
 * @param nodes the first becomes the first primary
 * @param minimumSize below this many in sync, writes are refused
 */
public record GroupDefinition(GroupId group, List<NodeId> nodes, int minimumSize) {
    public GroupDefinition {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("nodes of group %s is empty".formatted(group));
        }
        if (nodes.stream().distinct().count() != nodes.size()) {
            throw new IllegalArgumentException(
                    "nodes of group %s lists a node twice".formatted(group));
        }
        if (minimumSize < 1 || minimumSize > nodes.size()) {
            throw new IllegalArgumentException(
                    "minimum-size of group %s is 1 to %d, not %d"
                            .formatted(group, nodes.size(), minimumSize));
        }
    }

    /** All groups of the file. */
    public static List<GroupDefinition> from(Settings settings) {
        var groups = settings.each("groups", GroupDefinition::one);
        var _ =
                settings.checked(() -> {
                    if (groups.stream().map(GroupDefinition::group).distinct().count()
                            != groups.size()) {
                        throw new IllegalArgumentException("groups names a group twice");
                    }
                    return groups;
                });
        return groups;
    }

    private static GroupDefinition one(Settings settings) {
        var name = settings.text("name", "");
        var nodes = settings.texts("nodes").stream().map(NodeId::new).toList();
        int minimum = settings.number("minimum-size", Math.min(2, Math.max(1, nodes.size())));
        return new GroupDefinition(new GroupId(name), nodes, minimum);
    }
}
