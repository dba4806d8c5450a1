package io.xwasm.controlplane.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of an operation.
 *
 * @param name such as cut over
 * @param state how it stands
 * @param sentence what it found or did
 * @param attempts runs of it
 * @param startedAt first attempt
 * @param endedAt end
 * @param done of total, when it tells
 * @param total 0 when it does not tell
 */
public record StepView(
        String name,
        StepState state,
        @Nullable String sentence,
        int attempts,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        long done,
        long total) {}
