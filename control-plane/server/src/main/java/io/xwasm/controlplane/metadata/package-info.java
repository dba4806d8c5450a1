/**
 * What must survive: everything that the control plane decides on lies in SQL.
 *
 * <p>A feature keeps its own statements in a package-private {@code Sql…} class and speaks to the
 * {@link io.xwasm.controlplane.metadata.Database}. The default engine is one SQLite file in WAL
 * mode with {@code synchronous=FULL}. Writes run one after another on one thread, so a decision
 * that reads and then writes inside one {@code write} cannot be overtaken. The metadata have an
 * incarnation of their own, minted at the first start. Read {@link
 * io.xwasm.controlplane.metadata.Database} first.
 */
@NullMarked
package io.xwasm.controlplane.metadata;

import org.jspecify.annotations.NullMarked;
