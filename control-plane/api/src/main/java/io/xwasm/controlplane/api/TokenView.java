package io.xwasm.controlplane.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An API token, without its secret.
 *
 * @param id to revoke it by
 * @param name what it is for
 * @param user whose
 * @param role what it may do
 * @param createdAt time
 * @param expiresAt end
 * @param lastUsedAt newest request
 * @param revoked whether it was taken back
 */
public record TokenView(
        String id,
        String name,
        String user,
        Role role,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant lastUsedAt,
        boolean revoked) {}
