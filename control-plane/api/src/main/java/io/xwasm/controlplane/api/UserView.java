package io.xwasm.controlplane.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One person.
 *
 * @param name unique
 * @param role what they may do
 * @param createdAt time
 * @param lastSeenAt newest request
 */
public record UserView(String name, Role role, Instant createdAt, @Nullable Instant lastSeenAt) {}
