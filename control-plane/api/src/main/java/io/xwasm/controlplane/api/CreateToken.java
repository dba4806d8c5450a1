package io.xwasm.controlplane.api;

import org.jspecify.annotations.Nullable;

/**
 * Makes an API token.
 *
 * @param name what it is for
 * @param role not above the maker's; null for the maker's
 * @param expiresInSeconds null for 90 days
 */
public record CreateToken(String name, @Nullable Role role, @Nullable Long expiresInSeconds) {}
