/**
 * The control plane's own figures, for Prometheus.
 *
 * <p>Features declare the narrow interface of what they count; {@link
 * io.xwasm.controlplane.metrics.MicrometerMetrics} implements them all. Names begin with {@code
 * xwasm_controlplane_} and carry their unit. Labels have few values: the route, never the path.
 * What calls do is exposed by the agents themselves. Read {@link
 * io.xwasm.controlplane.metrics.MicrometerMetrics} first.
 */
@NullMarked
package io.xwasm.controlplane.metrics;

import org.jspecify.annotations.NullMarked;
