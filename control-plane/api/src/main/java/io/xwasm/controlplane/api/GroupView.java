package io.xwasm.controlplane.api;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One group.
 *
 * @param group its name
 * @param health worst of its checks
 * @param sentence why
 * @param epoch of its configuration
 * @param version of the configuration row
 * @param primary the primary's node
 * @param primaryApi base address of the primary for callers
 * @param serving whether calls are acknowledged at this moment
 * @param inSync nodes of the in-sync set, the primary included
 * @param minimumSize below this many in sync, writes are refused
 * @param members all, the primary first
 * @param policy strategy and objectives
 * @param readiness whether a switchover is safe now
 * @param waiting a failover that waits for a person
 * @param lastFailover the newest failover or switchover
 * @param callsPerSecond over the last ten seconds
 * @param height newest committed block
 * @param root state root there
 */
public record GroupView(
        GroupId group,
        Health health,
        String sentence,
        long epoch,
        long version,
        @Nullable NodeId primary,
        @Nullable String primaryApi,
        boolean serving,
        List<NodeId> inSync,
        int minimumSize,
        List<MemberView> members,
        FailoverPolicy policy,
        Readiness readiness,
        @Nullable WaitingTakeover waiting,
        @Nullable FailoverReport lastFailover,
        double callsPerSecond,
        long height,
        @Nullable Hash root) {
    public GroupView {
        inSync = List.copyOf(inSync);
        members = List.copyOf(members);
    }
}
