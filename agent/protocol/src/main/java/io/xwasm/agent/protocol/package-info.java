/**
 * The wire: what agents, the control plane and callers say to each other, and how it is written
 * down.
 *
 * <p>Identities ({@link io.xwasm.agent.protocol.NodeId}, {@link
 * io.xwasm.agent.protocol.Incarnation}, {@link io.xwasm.agent.protocol.Address}) are small records
 * that refuse what they cannot be. A {@link io.xwasm.agent.protocol.SignedCall} is what a caller
 * sends and a {@link io.xwasm.agent.protocol.Receipt} what it gets back; both have one canonical
 * binary form, which is what is hashed, signed and stored. A {@link
 * io.xwasm.agent.protocol.Configuration} says who is primary and who is in sync. Read that record
 * first, then {@link io.xwasm.agent.protocol.AgentEvent} and {@link
 * io.xwasm.agent.protocol.AgentCommand}.
 */
@NullMarked
package io.xwasm.agent.protocol;

import org.jspecify.annotations.NullMarked;
