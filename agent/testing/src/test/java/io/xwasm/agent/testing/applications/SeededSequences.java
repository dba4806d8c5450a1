package io.xwasm.agent.testing.applications;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Random sequences of calls, each from a seed of its own.
 *
 * <p>{@code -Dproperty.sequences=10000} says how many, {@code -Dproperty.seed=…} repeats the one
 * that a failure named.
 */
final class SeededSequences {
    private static final int DEFAULT_COUNT = 300;

    /** One sequence; throws what it found. */
    interface Sequence {
        void play(RandomGenerator random);
    }

    private SeededSequences() {}

    /** Whether there are enough of them that everything happens that can happen. */
    static boolean areMany() {
        return Long.getLong("property.seed") == null && count() >= DEFAULT_COUNT;
    }

    private static int count() {
        return Integer.getInteger("property.sequences", DEFAULT_COUNT);
    }

    /** Plays as many as were asked for, or the one whose seed was named. */
    static void play(Sequence sequence) {
        Long wanted = Long.getLong("property.seed");
        if (wanted == null) {
            play(count(), sequence);
        } else {
            playOne(wanted, sequence);
        }
    }

    /** Plays so many. */
    static void play(int count, Sequence sequence) {
        var seeds = new SplittableRandom(System.nanoTime());
        for (int i = 0; i < count; i++) {
            playOne(seeds.nextLong(), sequence);
        }
    }

    private static void playOne(long seed, Sequence sequence) {
        try {
            sequence.play(new SplittableRandom(seed));
        } catch (PropertyBroken e) {
            throw e.withSeed(seed);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("-Dproperty.seed=%d: %s".formatted(seed, e.getMessage()), e);
        }
    }
}
