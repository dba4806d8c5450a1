/**
 * Workflow tests of contracts as files: who calls what, and what must come of it.
 *
 * <p>{@link io.xwasm.agent.testing.scenario.ScenarioFile} reads one, {@link
 * io.xwasm.agent.testing.scenario.ScenarioRun} carries it out on a {@link
 * io.xwasm.agent.testing.runner.TestRunner}. A mistake in a file is told with its place, and all of
 * them at once.
 */
@NullMarked
package io.xwasm.agent.testing.scenario;

import org.jspecify.annotations.NullMarked;
