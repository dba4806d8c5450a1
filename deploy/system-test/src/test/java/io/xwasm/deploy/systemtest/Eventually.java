package io.xwasm.deploy.systemtest;

import io.xwasm.deploy.bench.BenchFleet;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Looks again and again until something is so. */
final class Eventually {
    private static final long PATIENCE_SECONDS = 60;

    private Eventually() {}

    /** Fails when it is not so within a minute. */
    static void holds(String what, Callable<Boolean> condition) throws Exception {
        get(what, () -> condition.call() ? Optional.of(what) : Optional.empty());
    }

    /** Waits until there is one. */
    static <T> T get(String what, Callable<Optional<T>> look) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            var found = look.call();
            if (found.isPresent()) {
                return found.get();
            }
            BenchFleet.pause();
        }
        throw new AssertionError("waited %d s in vain: %s".formatted(PATIENCE_SECONDS, what));
    }
}
