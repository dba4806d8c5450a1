package io.xwasm.controlplane.api;

import java.time.Instant;

/**
 * A new API token.
 *
 * @param id to revoke it by
 * @param token bearer token, shown once
 * @param expiresAt end
 */
public record TokenCreated(String id, String token, Instant expiresAt) {}
