package io.xwasm.controlplane.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param after key of the last item that was seen; null at the beginning
 */
public record Stretch(@Nullable String after, int limit) {
    private static final int LONGEST = 500;
    private static final int USUAL = 50;

    static Stretch of(@Nullable String cursor, @Nullable String limit) {
        return new Stretch(cursor == null ? null : key(cursor), limit(limit));
    }

    public String textCursor(String beginning) {
        return after == null ? beginning : after;
    }

    public long numberCursor(long beginning) {
        if (after == null) {
            return beginning;
        }
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException _) {
            throw unreadable();
        }
    }

    static String cursor(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(UTF_8));
    }

    private static String key(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
        } catch (IllegalArgumentException _) {
            throw unreadable();
        }
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return USUAL;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= LONGEST) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // Told below, with the same words as a number out of range.
        }
        throw Refusal.of(
                ProblemKind.MALFORMED,
                "limit is a number from 1 to %d, not '%s'".formatted(LONGEST, text));
    }

    private static Refusal unreadable() {
        return Refusal.of(
                ProblemKind.MALFORMED,
                "this cursor did not come from here: leave it out to begin at the beginning");
    }
}
