package io.xwasm.controlplane.api;

import java.util.List;

/**
 * Whether a switchover is safe now.
 *
 * @param safe the verdict
 * @param sentence the verdict in words
 * @param predictedMillis expected write pause, −1 when unknown
 * @param checks what it rests on
 */
public record Readiness(boolean safe, String sentence, long predictedMillis, List<Check> checks) {
    public Readiness {
        checks = List.copyOf(checks);
    }
}
