package io.xwasm.controlplane.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginLimitTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final LoginLimit limit = new LoginLimit();

    @Test
    void ten_wrong_passwords_in_a_minute_are_the_limit_and_a_right_one_ends_it() {
        fail("admin", 10);
        assertThat(limit.reached("admin", NOW)).isTrue();
        assertThat(limit.reached("vera", NOW)).isFalse();
        assertThat(limit.reached("admin", NOW.plus(Duration.ofSeconds(61)))).isFalse();

        fail("admin", 10);
        limit.succeeded("admin");
        assertThat(limit.reached("admin", NOW)).isFalse();
    }

    @Test
    void whoever_fills_the_list_with_names_is_still_limited() {
        for (int i = 0; i < LoginLimit.NAMES; i++) {
            fail("nobody-" + i, 1);
        }
        fail("admin", 10);
        assertThat(limit.reached("admin", NOW)).isTrue();
    }

    private void fail(String user, int times) {
        for (int i = 0; i < times; i++) {
            limit.failed(user, NOW);
        }
    }
}
