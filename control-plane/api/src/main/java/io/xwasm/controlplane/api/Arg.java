package io.xwasm.controlplane.api;

/**
 * An argument of a method.
 *
 * @param name as in JSON
 * @param type as in ABI.md
 */
public record Arg(String name, String type) {}
