package io.xwasm.agent.daemon;

import org.jspecify.annotations.Nullable;

/**
 * Why a caller's request was not done (RFC 9457).
 *
 * @param type stable, such as {@code /problems/nonce-used}
 * @param title the kind in words
 * @param status HTTP status
 * @param detail one sentence
 * @param primary base address of the member to ask instead, where another is known
 */
record CallProblem(String type, String title, int status, String detail, @Nullable String primary) {
    static CallProblem of(int status, String kind, @Nullable String detail) {
        return new CallProblem(
                "/problems/" + kind.replace('_', '-'),
                kind.replace('_', ' ').replace('-', ' '),
                status,
                String.valueOf(detail),
                null);
    }

    CallProblem askInstead(String address) {
        return new CallProblem(type, title, status, detail, address);
    }
}
