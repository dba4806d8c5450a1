package io.xwasm.controlplane;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowingConsumer;

/** Waits until a condition holds, looking again every few milliseconds. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Eventually() {}

    /** Repeats the assertions until they hold; their last failure is the test's. */
    public static <T> T eventually(Supplier<T> look, ThrowingConsumer<T> assertions) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                var seen = look.get();
                assertions.accept(seen);
                return seen;
            } catch (AssertionError e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
        }
    }
}
