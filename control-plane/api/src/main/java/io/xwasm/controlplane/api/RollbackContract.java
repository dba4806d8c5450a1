package io.xwasm.controlplane.api;

import org.jspecify.annotations.Nullable;

/**
 * Takes a contract back.
 *
 * @param to version to run afterwards; null for the previous one
 */
public record RollbackContract(@Nullable Long to) {}
