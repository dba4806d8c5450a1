package io.xwasm.controlplane.takeover;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.NodeId;
import java.time.Instant;
import java.util.List;

/**
 * What a failover operation was begun with.
 *
 * @param from the lost primary's node
 * @param candidate who becomes primary
 * @param to its node
 * @param inSync the new in-sync set
 * @param epoch of the configuration that was looked at
 * @param version of that configuration: the compare in compare-and-set
 * @param firstSign when the loss was first noticed
 * @param decided when it was decided
 * @param committedBefore newest block known to be committed under the old primary
 * @param why one sentence
 */
record MoveOrder(
        GroupId group,
        NodeId from,
        Incarnation candidate,
        NodeId to,
        List<Incarnation> inSync,
        long epoch,
        long version,
        Instant firstSign,
        Instant decided,
        long committedBefore,
        String why) {
    MoveOrder {
        inSync = List.copyOf(inSync);
    }
}
