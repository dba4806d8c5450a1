package io.xwasm.console.look;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Moments: relative to read, absolute in UTC on hover and focus. */
public final class Times {
    private static final DateTimeFormatter FULL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private Times() {}

    public static String full(Instant at) {
        return FULL.format(at);
    }

    /** Time of day. */
    public static String clock(Instant at) {
        return CLOCK.format(at);
    }

    public static String toTheSecond(Instant at) {
        return MINUTE.format(at);
    }

    /** "21 min ago". */
    public static Markup ago(@Nullable Instant at, Instant now) {
        if (at == null) {
            return Markup.text("never");
        }
        return mark(at, now.isBefore(at) ? "now" : Figures.age(Duration.between(at, now)) + " ago")
                .with("data-ago", "");
    }

    /** "21 min", where it is clear that it is past. */
    public static Markup age(Instant at, Instant now) {
        return mark(at, Figures.age(Duration.between(at, now))).with("data-age", "");
    }

    /** "in 4 min". */
    public static Markup ahead(Instant at, Instant now) {
        return mark(at, at.isAfter(now) ? "in " + Figures.age(Duration.between(now, at)) : "due");
    }

    private static Markup mark(Instant at, String words) {
        return Markup.tag("time", "", words)
                .with("title", full(at))
                .with("datetime", at.toString())
                .with("tabindex", "0");
    }
}
