/**
 * What a user does, done by tests: real processes, the command line, HTTP, and a real browser.
 *
 * <p>Each class starts a fleet from the distribution in a folder of its own, with {@link
 * io.xwasm.deploy.bench.BenchFleet}. Processes are killed, not asked to stop. What clients were
 * told is asked again afterwards. Random choices print their seed, and {@code -Dxwasm.seed=N}
 * repeats them. Read {@link io.xwasm.deploy.systemtest.KillTest} first.
 */
@NullMarked
package io.xwasm.deploy.systemtest;

import org.jspecify.annotations.NullMarked;
