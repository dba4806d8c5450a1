package io.xwasm.controlplane.api;

import io.xwasm.agent.protocol.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Moves the primary's role without losing a call.
 *
 * @param to the node that takes over; null for the best one
 */
public record Switchover(@Nullable NodeId to) {}
