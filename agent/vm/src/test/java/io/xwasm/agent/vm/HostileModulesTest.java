package io.xwasm.agent.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.HexFormat;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Mutated modules and arbitrary host calls. {@code -Dhostile.seconds=1800} makes each of the two a
 * long fuzzing run, {@code -Dhostile.rounds=10000} counts rounds instead, {@code -Dhostile.seed=…}
 * repeats one.
 */
class HostileModulesTest {
    private static final long SEED = Long.getLong("hostile.seed", System.nanoTime());
    private static final int ROUNDS = Integer.getInteger("hostile.rounds", 400);
    private static final long SECONDS = Long.getLong("hostile.seconds", 0);

    /** No round may take longer, on however busy a machine: the gas would have stopped it. */
    private static final long LONGEST_NANOS = 20_000_000_000L;

    @Test
    void damaged_modules_are_refused_or_run_and_never_break_the_machine() {
        int taken = fuzz("damaged", HostileModules::damaged);

        assertThat(taken).isPositive();
    }

    @Test
    void host_functions_bear_any_pointers_and_lengths() {
        int taken = fuzz("host calls", HostileModules::hostCalls);

        assertThat(taken).isPositive();
    }

    private static int fuzz(String what, Function<Random, byte[]> modules) {
        System.out.printf("hostile.seed=%d (%s)%n", SEED, what);
        long until = System.nanoTime() + SECONDS * 1_000_000_000L;
        int taken = 0;
        int round = 0;
        while (SECONDS > 0 ? System.nanoTime() < until : round < ROUNDS) {
            var wasm = modules.apply(new Random(SEED + round));
            long began = System.nanoTime();
            var accepted = new boolean[1];
            assertThatCode(() -> accepted[0] = HostileModules.endsSomehow(wasm))
                    .as(
                            "%s, seed %d, round %d: %s",
                            what, SEED, round, HexFormat.of().formatHex(wasm))
                    .doesNotThrowAnyException();
            assertThat(System.nanoTime() - began)
                    .as("%s, seed %d, round %d", what, SEED, round)
                    .isLessThan(LONGEST_NANOS);
            taken += accepted[0] ? 1 : 0;
            round++;
        }
        System.out.printf("%s: %d rounds, %d taken%n", what, round, taken);
        return taken;
    }
}
