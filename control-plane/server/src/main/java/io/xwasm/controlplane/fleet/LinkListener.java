package io.xwasm.controlplane.fleet;

import io.xwasm.agent.protocol.AgentEvent;
import io.xwasm.agent.protocol.NodeId;

/**
 * Hears what happens on the links. Called on virtual threads, may block; the events of one agent
 * come one after another.
 */
public interface LinkListener {
    /** An agent said hello. */
    default void linkOpened(NodeId node, AgentEvent.Hello hello) {}

    /** The node has no link any more; called at once, whatever events still wait. */
    default void linkClosed(NodeId node) {}

    /** Anything but hellos, answers and progress. */
    default void event(NodeId node, AgentEvent event) {}
}
