/**
 * The audit log: who asked for what, and what came of it.
 *
 * <p>Entries form a hash chain that the control plane keeps; the page shows each with its hash. The
 * list is loaded as far as somebody scrolls and never as a whole. Read {@link
 * io.xwasm.console.audit.AuditView} first.
 */
@NullMarked
package io.xwasm.console.audit;

import org.jspecify.annotations.NullMarked;
