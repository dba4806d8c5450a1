/**
 * The agents: their links, and what they last said.
 *
 * <p>Agents dial in at {@code /agent/v1/link}; {@link io.xwasm.controlplane.fleet.AgentLinks} holds
 * the open links by node, carries questions to an agent and answers back, and tells listeners at
 * once when a link closes. {@link io.xwasm.controlplane.fleet.Fleet} remembers the last hello,
 * heartbeat and health of every node, also of those that are gone. Each link has a virtual thread
 * of its own, so one agent's events come in order and hold up nobody else's. Nothing here decides
 * anything about a group. Read {@link io.xwasm.controlplane.fleet.AgentLinks} first.
 */
@NullMarked
package io.xwasm.controlplane.fleet;

import org.jspecify.annotations.NullMarked;
