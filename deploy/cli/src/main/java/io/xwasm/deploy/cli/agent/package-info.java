/**
 * Calling contracts: the client's side of an agent's HTTP API.
 *
 * <p>An {@link io.xwasm.deploy.cli.agent.AgentClient} is given the addresses of a group's agents
 * and finds the primary among them. Through a failover it repeats the very same bytes until an
 * answer comes, so that a call is executed once however often it was sent. What an agent refuses is
 * {@link io.xwasm.deploy.cli.agent.CallRefused}; when nobody answers in time it is {@link
 * io.xwasm.deploy.cli.agent.NoAgentAnswers}. The command line, the load of a development fleet and
 * the benchmarks all call through it. Read {@link io.xwasm.deploy.cli.agent.AgentClient} first.
 */
@NullMarked
package io.xwasm.deploy.cli.agent;

import org.jspecify.annotations.NullMarked;
