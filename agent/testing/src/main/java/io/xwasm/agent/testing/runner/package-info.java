/**
 * Contracts under test: real modules in the real VM on the ledger's own state, in memory.
 *
 * <p>Read {@link io.xwasm.agent.testing.runner.TestRunner} first. Users have balances, calls cost
 * gas as on a node, time stands still until it is told to pass, and what each call changed can be
 * looked at.
 */
@NullMarked
package io.xwasm.agent.testing.runner;

import org.jspecify.annotations.NullMarked;
