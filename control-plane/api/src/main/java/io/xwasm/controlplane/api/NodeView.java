package io.xwasm.controlplane.api;

import io.xwasm.agent.protocol.NodeId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node.
 *
 * @param node its id
 * @param health worst of its checks
 * @param sentence why
 * @param connected whether the agent's link is open
 * @param lastSeenAt last message from the agent
 * @param startedAt of the agent's process
 * @param api base address for callers
 * @param agentVersion of the agent
 * @param cpu load as a share of all cores, 0 to 1
 * @param heapBytes used heap
 * @param residentBytes of the process
 * @param freeDiskBytes where the ledgers lie
 * @param lastFsyncMicros duration of the newest fsync
 * @param lastFsyncAt end of the newest fsync
 * @param clockOffsetMillis agent's clock minus the control plane's
 * @param selfTest null when the VM's self-test passed
 * @param memberships its ledgers
 */
public record NodeView(
        NodeId node,
        Health health,
        String sentence,
        boolean connected,
        Instant lastSeenAt,
        @Nullable Instant startedAt,
        String api,
        String agentVersion,
        double cpu,
        long heapBytes,
        long residentBytes,
        long freeDiskBytes,
        long lastFsyncMicros,
        @Nullable Instant lastFsyncAt,
        long clockOffsetMillis,
        @Nullable String selfTest,
        List<MemberView> memberships) {
    public NodeView {
        memberships = List.copyOf(memberships);
    }
}
