/**
 * The agent process: hosts ledgers, answers callers, and obeys the control plane.
 *
 * <p>It dials out to the control plane over one WebSocket and keeps dialling; it serves callers
 * over HTTP and other members over the replication port. Without a control plane it goes on with
 * the newest configuration that it knows. {@link io.xwasm.agent.daemon.AgentMain} lists the parts
 * in the order in which they start; read it first.
 */
@NullMarked
package io.xwasm.agent.daemon;

import org.jspecify.annotations.NullMarked;
