/**
 * Nodes: the list, worst first, and the facts of one.
 *
 * <p>Everything comes from the live feed, so the list turns live as soon as an agent dials in. A
 * node is never dropped from the list in silence: a lost one stays with the time it was seen last.
 * Read {@link io.xwasm.console.nodes.NodesView} first.
 */
@NullMarked
package io.xwasm.console.nodes;

import org.jspecify.annotations.NullMarked;
