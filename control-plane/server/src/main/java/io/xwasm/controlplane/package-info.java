/**
 * The control plane: one process that watches the agents and carries out operations.
 *
 * <p>Each package below is one feature, with its own records, statements and routes; they know each
 * other by their public classes and nothing else. {@link io.xwasm.controlplane.ControlPlane} builds
 * all of it by hand, in the order in which things start. Requests, links and operations run on
 * virtual threads and block; Vert.x stays at the edge. What must be right is decided in SQL. Read
 * {@link io.xwasm.controlplane.ControlPlane} first.
 */
@NullMarked
package io.xwasm.controlplane;

import org.jspecify.annotations.NullMarked;
