package io.xwasm.controlplane.api;

import java.time.Instant;

/**
 * A started session.
 *
 * @param token bearer token, shown once
 * @param user name
 * @param role what they may do
 * @param expiresAt end
 */
public record Session(String token, String user, Role role, Instant expiresAt) {}
