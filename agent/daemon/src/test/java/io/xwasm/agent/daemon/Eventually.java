package io.xwasm.agent.daemon;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for a condition instead of a time. */
final class Eventually {
    private Eventually() {}

    static void holds(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited 20 s in vain for: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
