package io.xwasm.agent.testing.applications;

import static io.xwasm.agent.testing.applications.SupplyChainSequence.arguments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.testing.runner.TestRunner;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The supply chain's properties, on its real modules. */
class SupplyChainPropertiesTest {
    private static final int CALLS = 50;
    private static final EnumSet<SupplyChainProperty> ALL =
            EnumSet.allOf(SupplyChainProperty.class);

    private static TestRunner.Snapshot founded(TestRunner runner, byte[] chain) {
        return founded(runner, init -> runner.deploy("chain", chain, init));
    }

    /** What every sequence begins with: four participants, and a product of each maker. */
    private static TestRunner.Snapshot founded(TestRunner runner, Consumer<JsonNode> deploy) {
        deploy.accept(arguments(runner.user("owner")));
        for (var name : SupplyChainSequence.PARTICIPANTS) {
            var roles = Json.MAPPER.createArrayNode();
            roles.add(List.of("farm", "mill").contains(name) ? "Manufacturer" : "Retailer");
            var participant = arguments(runner.user(name), name, "Ulm", "a plough", roles);
            runner.call("owner", "chain", "register_participant", participant).value();
        }
        for (var maker : List.of("farm", "mill")) {
            var specifications = Json.MAPPER.createObjectNode();
            specifications
                    .put("unit", "kg")
                    .put("storage", "dry")
                    .put("quality_standard", "ISO 22000")
                    .put("defect_tolerance", 200);
            var product = arguments("of " + maker, "", specifications);
            runner.call(maker, "chain", "register_product", product).value();
        }
        return runner.snapshot();
    }

    private static SeededSequences.Sequence sequence(
            TestRunner runner,
            TestRunner.Snapshot beginning,
            Collection<SupplyChainProperty> properties,
            Runnable beforeEach,
            Map<String, Integer> outcomes) {
        return random -> {
            runner.restore(beginning);
            var sequence = new SupplyChainSequence(runner, random);
            SupplyChainLook before = null;
            for (int i = 0; i < CALLS; i++) {
                if (random.nextInt(10) == 0) {
                    beforeEach.run();
                }
                var played = sequence.next();
                outcomes.merge(played.outcome(), 1, Integer::sum);
                if (played.result().succeeded()) {
                    before = checked(properties, before, played, runner);
                    sequence.see(before);
                }
            }
        };
    }

    private static SupplyChainLook checked(
            Collection<SupplyChainProperty> properties,
            @Nullable SupplyChainLook before,
            SupplyChainSequence.Played played,
            TestRunner runner) {
        var look = SupplyChainLook.at(runner);
        for (var property : properties) {
            var broken = property.broken(before, look, played);
            if (broken != null) {
                throw property.brokenBy(played, broken);
            }
        }
        return look;
    }

    @ParameterizedTest
    @ValueSource(strings = {"supply-chain", "supply-chain-2"})
    void every_property_holds_after_every_call(String module) {
        var outcomes = new HashMap<String, Integer>();
        try (var runner = new TestRunner()) {
            var beginning = founded(runner, ShippedContracts.code(module));
            SeededSequences.play(sequence(runner, beginning, ALL, () -> {}, outcomes));
        }
        if (SeededSequences.areMany()) {
            // Sequences in which nothing happens would keep any property.
            assertThat(outcomes)
                    .containsKeys(
                            "create_batch",
                            "create_batch permission",
                            "ship_batch",
                            "ship_quantity",
                            "ship_quantity resources",
                            "ship_quantity timeout",
                            "confirm_receipt",
                            "confirm_receipt permission",
                            "confirm_receipt state",
                            "confirm_receipt validation",
                            "return_shipment",
                            "return_shipment permission",
                            "recall_shipment",
                            "recall_shipment timeout",
                            "consume",
                            "write_off");
        }
    }

    /** What one version has begun, the other one finishes, in both directions. */
    @Test
    void every_property_holds_while_versions_come_and_go() {
        var first = ShippedContracts.code("supply-chain");
        var second = ShippedContracts.code("supply-chain-2");
        var proxy = ShippedContracts.code("proxy");
        try (var runner = new TestRunner()) {
            var owner = runner.user("owner");
            var beginning =
                    founded(
                            runner,
                            init -> runner.deployBehindProxy("chain", proxy, first, owner, init));
            Runnable change =
                    () -> {
                        boolean isFirst = runner.contractInterface("chain").stateSchema() == 1;
                        var changed =
                                isFirst
                                        ? runner.upgrade("owner", "chain", second, new byte[0])
                                        : runner.rollback("owner", "chain", 0, first);
                        assertThat(changed.failure()).isNull();
                    };
            SeededSequences.play(sequence(runner, beginning, ALL, change, new HashMap<>()));
        }
    }

    /** Bugs in the module, and the property that finds each of them. */
    @ParameterizedTest
    @CsvSource({
        "uncounted-damage, CONSERVED",
        "unmoved-ownership, CONSERVED",
        "any-receiver, ONLY_RECEIVER",
        "rewritten-history, APPEND_ONLY",
        "silent-consumption, COMPLETE",
    })
    void each_property_finds_the_bug_that_was_planted_for_it(
            String bug, SupplyChainProperty property) {
        try (var runner = new TestRunner()) {
            var beginning = founded(runner, planted(bug));
            var looking = sequence(runner, beginning, List.of(property), () -> {}, new HashMap<>());

            assertThatThrownBy(() -> SeededSequences.play(1_000, looking))
                    .isInstanceOf(PropertyBroken.class)
                    .hasMessageContaining("-Dproperty.seed=");
        }
    }

    private static byte[] planted(String bug) {
        var name = "supply-chain-%s.wasm".formatted(bug);
        try (var module = SupplyChainPropertiesTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(module, name).readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }
}
