/**
 * The whole fleet in one look, and what machines ask a process.
 *
 * <p>{@link io.xwasm.controlplane.status.FleetLook} gathers what is wrong from every feature and
 * puts it into one sentence, the worst first. {@code /livez}, {@code /readyz} and {@code /metrics}
 * are for whoever watches the process. Signals for charts are served here because they join
 * contracts and figures. The OpenAPI document comes with the API's jar. Read {@link
 * io.xwasm.controlplane.status.FleetLook} first.
 */
@NullMarked
package io.xwasm.controlplane.status;

import org.jspecify.annotations.NullMarked;
