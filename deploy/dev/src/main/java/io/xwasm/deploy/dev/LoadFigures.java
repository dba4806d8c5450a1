package io.xwasm.deploy.dev;

import java.util.Locale;

/** What a load saw so far. Moments are given from outside, in nanoseconds of one clock. */
final class LoadFigures {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    private final String unit;
    private long acknowledged;
    private long errors;
    private String lastError = "";
    private long lastAcknowledged;
    private long longestGap;
    private long reportedAcknowledged;
    private long reportedAt;

    /**
     * @param unit what one call is, in the plural
     */
    LoadFigures(String unit, long now) {
        this.unit = unit;
        this.lastAcknowledged = now;
        this.reportedAt = now;
    }

    synchronized void acknowledged(long now) {
        acknowledged++;
        longestGap = Math.max(longestGap, now - lastAcknowledged);
        lastAcknowledged = Math.max(now, lastAcknowledged);
    }

    synchronized void error(String sentence) {
        errors++;
        lastError = sentence;
    }

    /** One line; throughput is since the line before. A gap that has not ended counts. */
    synchronized String line(long now) {
        double seconds = Math.max(1, now - reportedAt) / NANOS_PER_SECOND;
        double rate = (acknowledged - reportedAcknowledged) / seconds;
        reportedAt = now;
        reportedAcknowledged = acknowledged;
        return String.format(
                Locale.ROOT,
                "load: %.0f %s/s, %d acknowledged, %d errors, longest gap %.0f ms%s",
                rate,
                unit,
                acknowledged,
                errors,
                Math.max(longestGap, now - lastAcknowledged) / NANOS_PER_MILLI,
                errors == 0 ? "" : " (last error: " + lastError + ")");
    }
}
