/**
 * How the control plane says no.
 *
 * <p>Whatever refuses a request throws {@link io.xwasm.controlplane.problems.Refusal} with one of
 * the {@link io.xwasm.controlplane.problems.ProblemKind}s and a sentence for the person who asked.
 * The HTTP edge makes an RFC 9457 problem of it and the audit log an outcome. A kind's type never
 * changes once released, because programs branch on it. The sentence may change at any time. Read
 * {@link io.xwasm.controlplane.problems.ProblemKind} first.
 */
@NullMarked
package io.xwasm.controlplane.problems;

import org.jspecify.annotations.NullMarked;
