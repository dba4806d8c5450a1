package io.xwasm.agent.daemon;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeartTest {
    @Test
    void a_beat_that_fails_is_followed_by_others() throws Exception {
        var beats = new AtomicInteger();
        Runnable failing =
                () -> {
                    throw new IllegalStateException("beat " + beats.incrementAndGet());
                };
        try (var _ = new Heart(failing)) {
            Eventually.holds("a second beat", () -> beats.get() > 1);
        }
    }
}
