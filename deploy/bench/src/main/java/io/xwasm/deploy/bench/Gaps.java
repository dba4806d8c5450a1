package io.xwasm.deploy.bench;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** How long clients got no acknowledgement around each of some moments. */
final class Gaps {
    private static final long NEAR = TimeUnit.SECONDS.toNanos(1);
    private static final long FAR = TimeUnit.SECONDS.toNanos(30);

    private Gaps() {}

    /** Between these two acknowledgements nobody got one, in nanoseconds. */
    record Gap(long fromNanos, long toNanos) {
        long micros() {
            return (toNanos - fromNanos) / 1_000;
        }
    }

    /**
     * For each moment, the longest gap that it lies in or that began within a second after it: a
     * later one would belong to another cause.
     *
     * @param acknowledgedAt nanoseconds of the monotonic clock, in any order
     * @param moments of the same clock
     */
    static List<Gap> around(long[] acknowledgedAt, List<Long> moments) {
        var times = acknowledgedAt.clone();
        Arrays.sort(times);
        return moments.stream().map(moment -> longest(times, moment)).toList();
    }

    private static Gap longest(long[] times, long moment) {
        var longest = new Gap(moment, moment);
        for (int i = 1; i < times.length; i++) {
            var gap = new Gap(times[i - 1], times[i]);
            if (gap.toNanos() > moment
                    && gap.fromNanos() < moment + NEAR
                    && gap.toNanos() < moment + FAR
                    && gap.micros() > longest.micros()) {
                longest = gap;
            }
        }
        return longest;
    }

    /**
     * Median of the times from each moment until so large a part of the rate of the two seconds
     * before it was reached again, counted over a quarter of a second.
     *
     * @return milliseconds
     */
    static double backAtRate(long[] acknowledgedAt, List<Long> moments, double part) {
        var times = acknowledgedAt.clone();
        Arrays.sort(times);
        var back = new Histogram(3);
        for (long moment : moments) {
            double before = count(times, moment - 2 * NEAR, moment) / 2.0;
            long wide = NEAR / 4;
            long at = moment + wide;
            while (at < moment + FAR && count(times, at - wide, at) * 4.0 < part * before) {
                at += NEAR / 20;
            }
            back.recordValue((at - moment) / 1_000);
        }
        return back.getValueAtPercentile(50) / 1e3;
    }

    private static long count(long[] sorted, long from, long to) {
        return position(sorted, to) - position(sorted, from);
    }

    private static long position(long[] sorted, long value) {
        int found = Arrays.binarySearch(sorted, value);
        return found >= 0 ? found : -found - 1;
    }
}
