package io.xwasm.controlplane.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One alert.
 *
 * @param id unique
 * @param rule that raised it
 * @param severity warning or critical
 * @param state pending, firing or resolved
 * @param subject contract, node or group
 * @param summary one sentence
 * @param value last measured
 * @param threshold of the rule
 * @param since condition true since
 * @param firedAt when it fired
 * @param resolvedAt when it ended
 * @param notifiedAt last delivered notification
 * @param link console path of the subject
 */
public record AlertView(
        String id,
        String rule,
        String severity,
        String state,
        String subject,
        String summary,
        double value,
        double threshold,
        Instant since,
        @Nullable Instant firedAt,
        @Nullable Instant resolvedAt,
        @Nullable Instant notifiedAt,
        String link) {}
