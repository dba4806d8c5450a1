package io.xwasm.controlplane.fleet;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.MemberReport;
import io.xwasm.agent.protocol.NodeHealth;
import io.xwasm.agent.protocol.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a node.
 *
 * @param replication host and port at which its ledgers take blocks
 * @param api base address for callers
 * @param health null until a heartbeat came since the control plane started
 * @param reports of its memberships, as of {@code lastSeenAt}
 * @param clockOffsetMillis agent's clock minus the control plane's
 */
public record NodeState(
        NodeId node,
        String version,
        String replication,
        String api,
        boolean connected,
        Instant lastSeenAt,
        @Nullable NodeHealth health,
        List<MemberReport> reports,
        long clockOffsetMillis) {
    /** Heartbeats come each second; after three that are missing the node counts as silent. */
    public static final Duration SILENCE = Duration.ofSeconds(3);

    public NodeState {
        reports = List.copyOf(reports);
    }

    public Optional<MemberReport> report(GroupId group) {
        return reports.stream().filter(r -> r.group().equals(group)).findFirst();
    }

    /** Whether it has a link and was heard lately. */
    public boolean up(Instant now) {
        return connected && !silent(now);
    }

    public boolean silent(Instant now) {
        return lastSeenAt.plus(SILENCE).isBefore(now);
    }
}
