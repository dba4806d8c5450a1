/**
 * Operations: the list, one with its steps as they happen, and the dialog that starts one.
 *
 * <p>An operation runs in the control plane; whoever looks at it only follows. Every screen that
 * starts one does it through {@link io.xwasm.console.operations.OperationDialog} or shows it with
 * {@link io.xwasm.console.operations.Progress}, so consequence, confirmation, steps and result look
 * the same everywhere. Read {@link io.xwasm.console.operations.Progress} first.
 */
@NullMarked
package io.xwasm.console.operations;

import org.jspecify.annotations.NullMarked;
