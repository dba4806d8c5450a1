package io.xwasm.agent.testing.applications;

import static io.xwasm.agent.testing.applications.DexSequence.arguments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.testing.runner.TestRunner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exchange's properties, on its real modules. */
class DexPropertiesTest {
    private static final int CALLS = 50;
    private static final String EACH = "4000000000000";
    private static final String SUPPLY = "16000000000000";

    /** What every sequence begins with: two pools that the founder filled, and tokens for all. */
    private static TestRunner.Snapshot founded(TestRunner runner, byte[] dex) {
        var owner = runner.user("owner").toString();
        runner.deploy("dex", dex, Json.MAPPER.createObjectNode().put("owner", owner));
        var parties = new ArrayList<>(DexSequence.TRADERS);
        parties.add("founder");
        for (var name : DexSequence.TOKENS) {
            var token = Json.MAPPER.createObjectNode();
            token.put("name", name).put("symbol", name).put("decimals", 0).put("supply", SUPPLY);
            runner.deploy(name, ShippedContracts.code("token"), token.put("owner", owner));
            for (var party : parties) {
                var given = arguments(runner.user(party), EACH);
                runner.call("owner", name, "transfer", given).value();
                runner.call(party, name, "approve", arguments(runner.address("dex"), SUPPLY))
                        .value();
            }
        }
        for (var pool : DexSequence.POOLS) {
            var made = arguments(pool, runner.address("gold"), runner.address("silver"));
            runner.call("owner", "dex", "create_pool", made).value();
        }
        // One of the usual size, and one in which every unit counts.
        fill(runner, "main", "1000000", "4000000");
        fill(runner, "side", "7", "31");
        return runner.snapshot();
    }

    private static void fill(TestRunner runner, String pool, String gold, String silver) {
        runner.call("founder", "dex", "add_liquidity", arguments(pool, gold, silver)).value();
    }

    private static SeededSequences.Sequence sequence(
            TestRunner runner,
            TestRunner.Snapshot beginning,
            Collection<DexProperty> properties,
            Map<String, Integer> outcomes) {
        return random -> {
            runner.restore(beginning);
            var sequence = new DexSequence(runner, random);
            for (int i = 1; i <= CALLS; i++) {
                var played = sequence.next();
                boolean last = i % 10 == 0;
                properties.stream()
                        .filter(property -> last || property != DexProperty.TAKEN_OUT)
                        .forEach(property -> property.check(sequence, played));
                outcomes.merge(played.outcome(), 1, Integer::sum);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"dex", "dex-2"})
    void every_property_holds_after_every_call(String module) {
        var outcomes = new HashMap<String, Integer>();
        try (var runner = new TestRunner()) {
            var beginning = founded(runner, ShippedContracts.code(module));
            var all = EnumSet.allOf(DexProperty.class);
            SeededSequences.play(sequence(runner, beginning, all, outcomes));
        }
        // Sequences in which nothing happens would keep any property.
        assertThat(outcomes)
                .containsKeys(
                        "set_fee",
                        "set_fee permission",
                        "set_fee validation",
                        "add_liquidity",
                        "add_liquidity validation",
                        "remove_liquidity",
                        "remove_liquidity resources",
                        "swap",
                        "swap validation",
                        "swap resources");
    }

    /** Bugs in the module, and the property that finds each of them. */
    @ParameterizedTest
    @CsvSource({
        "output-rounds-up, PRODUCT",
        "price-rounds-down, WORTH",
        "greater-part, WORTH",
        "fee-forgiven, BALANCE",
        "kept-shares, TAKEN_OUT",
    })
    void each_property_finds_the_bug_that_was_planted_for_it(String bug, DexProperty property) {
        try (var runner = new TestRunner()) {
            var beginning = founded(runner, planted("dex-" + bug));
            var looking = sequence(runner, beginning, List.of(property), new HashMap<>());

            assertThatThrownBy(() -> SeededSequences.play(1_000, looking))
                    .isInstanceOf(PropertyBroken.class)
                    .hasMessageContaining("-Dproperty.seed=");
        }
    }

    private static byte[] planted(String module) {
        try (var stream = DexPropertiesTest.class.getResourceAsStream(module + ".wasm")) {
            return Objects.requireNonNull(stream, module).readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(module, e);
        }
    }
}
