package io.xwasm.controlplane.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a request (RFC 9457).
 *
 * @param type stable, such as {@code /problems/unknown-contract}
 * @param title the kind in words
 * @param status HTTP status
 * @param detail one sentence: what was tried, on what, and what can be done
 * @param instance id of the request, as in the audit log
 * @param errors single findings where there are several
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        @Nullable List<String> errors) {
    public Problem {
        errors = errors == null ? null : List.copyOf(errors);
    }
}
