package io.xwasm.controlplane.api;

/**
 * A stretch of a failover.
 *
 * @param name detect, decide, promote, serve
 * @param millis duration
 */
public record Phase(String name, long millis) {}
