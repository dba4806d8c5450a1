package io.xwasm.controlplane.api;

import io.xwasm.agent.protocol.NodeId;
import java.time.Instant;
import java.util.List;

/**
 * What a failover or switchover took.
 *
 * @param operation its operation
 * @param kind failover or switchover
 * @param from the old primary
 * @param to the new one
 * @param epochBefore of the configuration
 * @param epochAfter of the configuration
 * @param startedAt first sign, or the request
 * @param phases in order
 * @param rtoMillis last acknowledgement before to first after, as the members saw them; protocol
 *     rule 29
 * @param rpoCalls acknowledged calls lost; 0 as long as an in-sync member survived
 * @param reason one sentence
 */
public record FailoverReport(
        String operation,
        String kind,
        NodeId from,
        NodeId to,
        long epochBefore,
        long epochAfter,
        Instant startedAt,
        List<Phase> phases,
        long rtoMillis,
        long rpoCalls,
        String reason) {
    public FailoverReport {
        phases = List.copyOf(phases);
    }
}
