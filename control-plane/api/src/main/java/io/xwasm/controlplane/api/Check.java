package io.xwasm.controlplane.api;

/**
 * One condition.
 *
 * @param health how it stands
 * @param text the condition
 * @param detail the figure behind it
 */
public record Check(Health health, String text, String detail) {}
