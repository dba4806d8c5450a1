/**
 * Measures what the design promises, against real processes on this machine.
 *
 * <p>Each bench starts a whole development fleet in a folder of its own, loads it with signed
 * calls, and prints figures; with {@code --json} in one line that a program can read. {@link
 * io.xwasm.deploy.bench.BenchFleet} is the fleet, {@link io.xwasm.deploy.bench.Bank} the contract
 * and the accounts that the calls are made with, and {@link io.xwasm.deploy.bench.Ledgerbook}
 * remembers what was acknowledged, so that nothing lost and nothing executed twice is counted and
 * not assumed. Read {@link io.xwasm.deploy.bench.BenchMain} first.
 */
@NullMarked
package io.xwasm.deploy.bench;

import org.jspecify.annotations.NullMarked;
