/**
 * What changes, as it changes: the stream behind live pages.
 *
 * <p>A feature publishes one sentence per change to {@link
 * io.xwasm.controlplane.events.FleetEvents}. The last 10,000 are kept in memory, so that a client
 * that was away goes on where it was. Identifiers rise across restarts because they begin at the
 * clock. Nothing is decided from events: they only say where to look again. Read {@link
 * io.xwasm.controlplane.events.FleetEvents} first.
 */
@NullMarked
package io.xwasm.controlplane.events;

import org.jspecify.annotations.NullMarked;
