/**
 * Long work that survives its process: journaled runs of steps.
 *
 * <p>An {@link io.xwasm.controlplane.operations.OperationKind} is a list of steps, each of which
 * may be repeated. {@link io.xwasm.controlplane.operations.Operations} runs them on virtual threads
 * and writes into the {@link io.xwasm.controlplane.operations.Journal} before and after each; after
 * a crash it goes on where the journal ends. A step that fails for good has the completed ones
 * undone in reverse. What a step found out is in the journal too, and later steps read it there and
 * nowhere else. Read {@link io.xwasm.controlplane.operations.Operations} first.
 */
@NullMarked
package io.xwasm.controlplane.operations;

import org.jspecify.annotations.NullMarked;
