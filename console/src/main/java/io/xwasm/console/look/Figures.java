package io.xwasm.console.look;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them; a no-break space stands between number and unit. */
public final class Figures {
    private static final String GAP = "\u00a0";

    private Figures() {}

    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Three digits that matter: 0.42, 7.9, 1,284. */
    public static String number(double value) {
        var size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return count(Math.round(value));
        }
        var text = String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
        return text.endsWith("0") ? text.replaceAll("\\.?0+$", "") : text;
    }

    /** With k, M, G: 412 k, 271 M. */
    public static String compact(double value) {
        var size = Math.abs(value);
        if (size >= 1e9) {
            return number(value / 1e9) + GAP + "G";
        }
        if (size >= 1e6) {
            return number(value / 1e6) + GAP + "M";
        }
        return size >= 1e4 ? number(value / 1e3) + GAP + "k" : number(value);
    }

    public static String percent(double ratio) {
        return String.format(Locale.ROOT, ratio >= 0.1 ? "%.1f" : "%.2f", 100 * ratio) + GAP + "%";
    }

    public static String bytes(long bytes) {
        double size = bytes;
        var units = new String[] {"B", "KiB", "MiB", "GiB", "TiB"};
        int unit = 0;
        while (size >= 1024 && unit < units.length - 1) {
            size /= 1024;
            unit++;
        }
        return number(size) + GAP + units[unit];
    }

    /** A duration by its two leading units: 48 ms, 6.2 s, 4 min 18 s, 26 h. */
    public static String millis(long millis) {
        if (millis < 0) {
            return "unknown";
        }
        if (millis < 1000) {
            return millis + GAP + "ms";
        }
        if (millis < 60_000) {
            return number(Math.rint(millis / 100.0) / 10) + GAP + "s";
        }
        long seconds = millis / 1000;
        if (seconds < 3600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        if (seconds < 2 * 86_400) {
            return two(seconds / 3600, "h", seconds / 60 % 60, "min");
        }
        return two(seconds / 86_400, "d", seconds / 3600 % 24, "h");
    }

    public static String duration(Duration duration) {
        return millis(duration.toMillis());
    }

    /** An age by one unit: 3 s, 21 min, 5 h, 9 d. */
    public static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 100) {
            return seconds + GAP + "s";
        }
        if (seconds < 100 * 60) {
            return seconds / 60 + GAP + "min";
        }
        return seconds < 2 * 86_400 ? seconds / 3600 + GAP + "h" : seconds / 86_400 + GAP + "d";
    }

    private static String two(long big, String bigUnit, long small, String smallUnit) {
        var text = big + GAP + bigUnit;
        return small == 0 ? text : text + GAP + small + GAP + smallUnit;
    }
}
