package io.xwasm.controlplane.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where notifications go: Alertmanager's payload, version 4.
 *
 * @param url null for nowhere
 * @param lastDeliveredAt success
 * @param lastFailure newest failure since
 * @param version for If-Match; ignored when set
 */
public record Webhook(
        @Nullable String url,
        @Nullable Instant lastDeliveredAt,
        @Nullable String lastFailure,
        long version) {}
