package io.xwasm.controlplane.api;

/**
 * A line of a diff.
 *
 * @param kind added, removed or changed
 * @param text the line
 */
public record Change(String kind, String text) {}
