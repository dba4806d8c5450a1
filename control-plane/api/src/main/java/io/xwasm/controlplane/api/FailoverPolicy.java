package io.xwasm.controlplane.api;

/**
 * How a group fails over.
 *
 * @param strategy who decides
 * @param rtoSeconds objective: time to serve again
 * @param rpoCalls objective: acknowledged calls lost
 * @param version for If-Match; ignored when set
 */
public record FailoverPolicy(Strategy strategy, double rtoSeconds, long rpoCalls, long version) {}
