package io.xwasm.agent.ledger.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.ledger.state.NonceWindow.Verdict;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Protocol rule 11. */
class NonceWindowTest {
    private static final NonceWindow FRESH = NonceWindow.parse(null);

    /** The rule in the plainest words: a set of all used nonces, which only grows. */
    private static Verdict byTheRule(long nonce, long highest, Set<Long> used) {
        if (used.contains(nonce) || nonce <= highest - NonceWindow.SIZE) {
            return Verdict.USED;
        }
        return nonce > highest + NonceWindow.SIZE ? Verdict.TOO_FAR_AHEAD : Verdict.FREE;
    }

    @Test
    void nonces_in_any_order_within_1024() {
        long seed = Long.getLong("xwasm.seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            var window = FRESH;
            var used = new HashSet<Long>();
            long highest = -1;
            for (int i = 0; i < 2_000; i++) {
                long nonce = Math.max(0, highest - 1_100 + random.nextInt(2_300));
                assertThat(window.verdict(nonce))
                        .as("seed %d, round %d, nonce %d after %d", seed, round, nonce, highest)
                        .isEqualTo(byTheRule(nonce, highest, used));
                if (window.verdict(nonce) == Verdict.FREE) {
                    window = window.use(nonce);
                    used.add(nonce);
                    highest = Math.max(highest, nonce);
                }
                assertThat(window.next()).isEqualTo(highest + 1);
                if (i % 100 == 0) {
                    window = NonceWindow.parse(window.toBytes());
                }
            }
        }
    }

    @Test
    void a_whole_window_may_be_used_backwards() {
        var window = FRESH;
        for (long nonce = NonceWindow.SIZE - 1; nonce >= 0; nonce--) {
            assertThat(window.verdict(nonce)).isEqualTo(Verdict.FREE);
            window = window.use(nonce);
        }
        for (long nonce = 0; nonce < NonceWindow.SIZE; nonce++) {
            assertThat(window.verdict(nonce)).isEqualTo(Verdict.USED);
        }
        assertThat(window.verdict(NonceWindow.SIZE)).isEqualTo(Verdict.FREE);
    }

    @Test
    void one_call_cannot_burn_the_rest() {
        assertThat(FRESH.verdict(1_023)).isEqualTo(Verdict.FREE);
        assertThat(FRESH.verdict(1_024)).isEqualTo(Verdict.TOO_FAR_AHEAD);
        assertThat(FRESH.verdict(Long.MAX_VALUE)).isEqualTo(Verdict.TOO_FAR_AHEAD);
        assertThat(FRESH.use(0).verdict(Long.MAX_VALUE)).isEqualTo(Verdict.TOO_FAR_AHEAD);
    }

    @Test
    void what_fell_out_of_the_window_counts_as_used() {
        var window = FRESH.use(1_000).use(1_500);

        assertThat(window.verdict(476)).isEqualTo(Verdict.USED);
        assertThat(window.verdict(477)).isEqualTo(Verdict.FREE);
        assertThat(window.verdict(1_000)).isEqualTo(Verdict.USED);
    }

    @Test
    void using_a_nonce_leaves_the_window_before_as_it_was() {
        var before = FRESH.use(3);
        var _ = before.use(4);

        assertThat(before.verdict(4)).isEqualTo(Verdict.FREE);
    }
}
