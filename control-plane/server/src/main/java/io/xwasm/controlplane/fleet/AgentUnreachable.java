package io.xwasm.controlplane.fleet;

import io.xwasm.agent.protocol.NodeId;
import java.time.Duration;

/** An agent has no link, lost it, or did not answer in time; whether it acted is unknown. */
public final class AgentUnreachable extends RuntimeException {
    private AgentUnreachable(String sentence) {
        super(sentence);
    }

    static AgentUnreachable notConnected(NodeId node) {
        return new AgentUnreachable("%s is not connected".formatted(node));
    }

    static AgentUnreachable linkClosed(NodeId node) {
        return new AgentUnreachable("%s lost its link before it answered".formatted(node));
    }

    static AgentUnreachable silent(NodeId node, Duration timeout) {
        return new AgentUnreachable(
                "%s did not answer within %d ms".formatted(node, timeout.toMillis()));
    }
}
