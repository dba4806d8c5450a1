package io.xwasm.agent.testing.applications;

import static io.xwasm.agent.testing.applications.LendingBank.RAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.testing.runner.TestRunner;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lending protocol's properties, on its real modules. */
class LendingPropertiesTest {
    private static final int CALLS = 50;
    private static final int DEAR_CHECKS_EVERY = 10;
    private static final String TIME_IS_CUT_AT_WILL = "TIME_IS_CUT_AT_WILL";

    private static final String[] WHAT_HAPPENS = {
        "deposit",
        "withdraw",
        "withdraw resources",
        "borrow",
        "borrow resources",
        "repay",
        "add_collateral",
        "release_collateral",
        "liquidate",
        "liquidate state",
        "liquidate timeout",
        "write_off",
        "withdraw_reserves",
        "configure_market",
    };

    private static SeededSequences.Sequence sequence(
            LendingBank bank,
            TestRunner.Snapshot beginning,
            Collection<LendingProperty> properties,
            Map<String, Integer> outcomes) {
        return sequence(bank, beginning, properties, outcomes, _ -> {});
    }

    private static SeededSequences.Sequence sequence(
            LendingBank bank,
            TestRunner.Snapshot beginning,
            Collection<LendingProperty> properties,
            Map<String, Integer> outcomes,
            IntConsumer between) {
        return random -> {
            bank.runner.restore(beginning);
            var sequence = new LendingSequence(bank, random);
            for (int i = 1; i <= CALLS; i++) {
                between.accept(i);
                var played = sequence.next();
                boolean dear = i % DEAR_CHECKS_EVERY == 0;
                properties.stream()
                        .filter(property -> dear || !property.dear())
                        .forEach(property -> property.check(sequence, played));
                outcomes.merge(played.outcome(), 1, Integer::sum);
            }
        };
    }

    /**
     * At a fixed rate the same time passes twice, once whole and once in pieces of any length; the
     * indexes may differ by what {@code accrual.rs} says.
     */
    private static SeededSequences.Sequence cutTime(
            LendingBank bank, TestRunner.Snapshot beginning) {
        return random -> {
            bank.runner.restore(beginning);
            var gold = bank.address("gold");
            var rate = RAY.multiply(BigInteger.valueOf(random.nextInt(1, 10_000)));
            var fixed = LendingBank.linear(rate.divide(BigInteger.valueOf(1_000)), BigInteger.ZERO);
            int reserve = random.nextInt(5_001);
            var settings = LendingBank.settings(7_500, 5_000, 1_000, reserve, fixed);
            bank.call("owner", "configure_market", gold, settings).value();
            bank.call("oracle", "set_price", gold, RAY).value();
            bank.call("oracle", "set_price", bank.address("silver"), RAY).value();
            long supply = random.nextLong(1, 1_000_000_000_000L);
            bank.call("ann", "deposit", gold, supply).value();
            bank.call("ben", "deposit", bank.address("silver"), 2 * supply).value();
            long lent = random.nextLong(1, supply + 1);
            bank.call("ben", "borrow", gold, lent, bank.address("silver"), 2 * supply).value();
            long longest = 1L << random.nextInt(1, 31);
            var pieces = random.longs(CALLS, 0, longest).toArray();
            long whole = Arrays.stream(pieces).sum();

            var from = bank.runner.snapshot();
            bank.runner.travel(Duration.ofMillis(whole));
            bank.call("cid", "accrue", gold).value();
            var once = bank.market("gold");
            bank.runner.restore(from);
            for (long piece : pieces) {
                bank.runner.travel(Duration.ofMillis(piece));
                bank.call("cid", "accrue", gold).value();
            }
            var often = bank.market("gold");

            var parts = BigInteger.valueOf(whole / 1_000 + CALLS + 1);
            var bound = once.borrowIndex().multiply(parts).divide(RAY).add(BigInteger.ONE);
            var rounded = BigInteger.valueOf(2L * (CALLS + 1));
            var supplied =
                    bound.multiply(once.borrowShares()).divide(once.supplyShares()).add(rounded);
            if (once.borrowIndex().subtract(often.borrowIndex()).abs().compareTo(bound) > 0
                    || once.supplyIndex().subtract(often.supplyIndex()).abs().compareTo(supplied)
                            > 0) {
                throw new PropertyBroken(
                        TIME_IS_CUT_AT_WILL,
                        "%s ms come to %s, in pieces to %s".formatted(whole, once, often));
            }
        };
    }

    @Test
    void every_property_holds_after_every_call() {
        var outcomes = new HashMap<String, Integer>();
        try (var runner = new TestRunner()) {
            var bank = LendingBank.founded(runner, ShippedContracts.code("lending"));
            var all = EnumSet.allOf(LendingProperty.class);
            SeededSequences.play(sequence(bank, runner.snapshot(), all, outcomes));
        }
        // Sequences in which nothing happens would keep any property; a single one has not
        // everything.
        if (Long.getLong("property.seed") == null) {
            assertThat(outcomes).containsKeys(WHAT_HAPPENS);
        }
    }

    /** The first third of the calls reaches version 1, the second version 2, the last version 1. */
    @Test
    void every_property_holds_across_an_upgrade_and_a_rollback() {
        var first = ShippedContracts.code("lending");
        var second = ShippedContracts.code("lending-2");
        try (var runner = new TestRunner()) {
            var bank = LendingBank.upgradeable(runner, first);
            IntConsumer versions =
                    call -> {
                        if (call == CALLS / 3) {
                            runner.upgrade("owner", "lending", second, new byte[0]).value();
                        } else if (call == 2 * CALLS / 3) {
                            runner.rollback("owner", "lending", 1, first).value();
                        }
                    };
            var all = EnumSet.allOf(LendingProperty.class);
            SeededSequences.play(sequence(bank, runner.snapshot(), all, new HashMap<>(), versions));
        }
    }

    @Test
    void time_is_cut_at_will() {
        try (var runner = new TestRunner()) {
            var bank = LendingBank.founded(runner, ShippedContracts.code("lending"));
            SeededSequences.play(cutTime(bank, runner.snapshot()));
        }
    }

    /** Bugs in the module, and the property that finds each of them. */
    @ParameterizedTest
    @CsvSource({
        "one-index, SOLVENT",
        "withdrawal-rounds-down, SOLVENT",
        "one-index, DEPOSITORS_GET_NO_MORE_THAN_BORROWERS_OWE",
        "index-begins-again, INDEXES_NEVER_FALL",
        "pledge-stays, SHARES_ADD_UP",
        "stale-interest, A_LOAN_BEGINS_WITH_WHAT_WAS_BORROWED",
        "stale-price, LOANS_ARE_SECURED",
        "healthy-liquidation, LIQUIDATIONS_ARE_FAIR",
    })
    void each_property_finds_the_bug_that_was_planted_for_it(String bug, LendingProperty property) {
        try (var runner = new TestRunner()) {
            var bank = LendingBank.founded(runner, planted(bug));
            var looking = sequence(bank, runner.snapshot(), List.of(property), new HashMap<>());

            assertThatThrownBy(() -> SeededSequences.play(1_000, looking))
                    .isInstanceOf(PropertyBroken.class)
                    .hasMessageContaining(property.name())
                    .hasMessageContaining("-Dproperty.seed=");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple-interest", "lost-milliseconds"})
    void cutting_time_finds_the_bug_that_was_planted_for_it(String bug) {
        try (var runner = new TestRunner()) {
            var bank = LendingBank.founded(runner, planted(bug));
            var looking = cutTime(bank, runner.snapshot());

            assertThatThrownBy(() -> SeededSequences.play(1_000, looking))
                    .isInstanceOf(PropertyBroken.class)
                    .hasMessageContaining(TIME_IS_CUT_AT_WILL);
        }
    }

    private static byte[] planted(String bug) {
        var name = "lending-%s.wasm".formatted(bug);
        try (var module = LendingPropertiesTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(module, name).readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }
}
