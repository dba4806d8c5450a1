package io.xwasm.controlplane.api;

/**
 * Something that is not as it should be.
 *
 * @param severity WARN or BAD
 * @param sentence one sentence
 * @param link console path that shows it
 */
public record Finding(Health severity, String sentence, String link) {}
