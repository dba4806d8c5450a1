/**
 * A whole fleet on one machine, as separate processes: {@code xwasm dev}.
 *
 * <p>A {@link io.xwasm.deploy.dev.Supervisor} starts the control plane, the agents and the console
 * on loopback, starts anew what dies, and keeps {@code dev.json} true. Everything that the fleet is
 * lies in one {@link io.xwasm.deploy.dev.DevFolder}, so that a later start on it continues where it
 * ended. {@link io.xwasm.deploy.dev.DemoContracts} deploys what a new user calls first, through the
 * public API; {@link io.xwasm.deploy.dev.SteadyLoad} is a client that calls all the time. What
 * keeps it from starting is {@link io.xwasm.deploy.dev.CannotStart}, one sentence. Read {@link
 * io.xwasm.deploy.dev.DevCommand} first.
 */
@NullMarked
package io.xwasm.deploy.dev;

import org.jspecify.annotations.NullMarked;
