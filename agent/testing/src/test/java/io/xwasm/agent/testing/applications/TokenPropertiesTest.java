package io.xwasm.agent.testing.applications;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** The token's properties, on its real module. */
class TokenPropertiesTest {
    private static final int CALLS = 50;

    private static TestRunner.Snapshot founded(TestRunner runner, byte[] token) {
        runner.deploy("token", token, init(runner));
        return runner.snapshot();
    }

    private static ObjectNode init(TestRunner runner) {
        var init = Json.MAPPER.createObjectNode();
        init.put("name", "Gold").put("symbol", "GLD").put("decimals", 0).put("supply", 1_000);
        init.put("owner", runner.user("owner").toString());
        return init;
    }

    private static SeededSequences.Sequence sequence(
            TestRunner runner,
            TestRunner.Snapshot beginning,
            Collection<TokenProperty> properties,
            Map<String, Integer> outcomes) {
        return random -> {
            runner.restore(beginning);
            var sequence = new TokenSequence(runner, random);
            for (int i = 0; i < CALLS; i++) {
                var played = sequence.next();
                properties.forEach(property -> property.check(sequence, played));
                outcomes.merge(played.outcome(), 1, Integer::sum);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "token-2"})
    void every_property_holds_after_every_call(String module) {
        var outcomes = new HashMap<String, Integer>();
        try (var runner = new TestRunner()) {
            var beginning = founded(runner, ShippedContracts.code(module));
            var all = EnumSet.allOf(TokenProperty.class);
            SeededSequences.play(sequence(runner, beginning, all, outcomes));
        }
        // Sequences in which nothing happens would keep any property.
        assertThat(outcomes)
                .containsKeys(
                        "transfer",
                        "transfer resources",
                        "transfer_from",
                        "transfer_from resources",
                        "transfer_from permission",
                        "approve",
                        "mint",
                        "mint permission",
                        "mint math",
                        "burn",
                        "burn resources");
        if (module.equals("token-2")) {
            assertThat(outcomes)
                    .containsKeys(
                            "set_cap",
                            "set_cap validation",
                            "set_cap permission",
                            "mint resources",
                            "freeze",
                            "freeze validation",
                            "freeze permission",
                            "release",
                            "transfer permission");
        }
    }

    /** Back and forth at any moment; a cap that is too low leaves everything as it is. */
    @Test
    void every_property_holds_while_versions_come_and_go() {
        var all = EnumSet.allOf(TokenProperty.class);
        var endings = new HashMap<String, Integer>();
        try (var runner = new TestRunner()) {
            var versions = new TokenVersions(runner, init(runner));
            var beginning = runner.snapshot();
            SeededSequences.play(random -> {
                runner.restore(beginning);
                var sequence = new TokenSequence(runner, random);
                for (int i = 0; i < CALLS; i++) {
                    if (random.nextInt(8) == 0) {
                        var ending = versions.change(random, sequence);
                        endings.merge(ending, 1, Integer::sum);
                        sequence.lookAnew();
                    }
                    var played = sequence.next();
                    all.forEach(property -> property.check(sequence, played));
                }
            });
        }
        assertThat(endings).containsKeys("upgraded", "rolled back", "refused");
    }

    @Test
    void a_migration_that_is_taken_back_leaves_the_state_as_it_was() {
        try (var runner = new TestRunner()) {
            var versions = new TokenVersions(runner, init(runner));
            var beginning = runner.snapshot();
            SeededSequences.play(random -> {
                runner.restore(beginning);
                var sequence = new TokenSequence(runner, random);
                for (int i = random.nextInt(CALLS); i > 0; i--) {
                    sequence.next();
                }
                versions.forthAndBack(random, sequence);
            });
        }
    }

    /** Bugs in the module, and the property that finds each of them. */
    @ParameterizedTest
    @CsvSource({
        "token-self-transfer, SUM",
        "token-uncounted-mint, SUM",
        "token-endless-allowance, ALLOWED",
        "token-reversed-allowance, ALLOWED",
        "token-2-cap-forgotten, CAPPED",
        "token-2-frozen-moves, FROZEN",
    })
    void each_property_finds_the_bug_that_was_planted_for_it(String bug, TokenProperty property) {
        try (var runner = new TestRunner()) {
            var beginning = founded(runner, planted(bug));
            var looking = sequence(runner, beginning, List.of(property), new HashMap<>());

            assertThatThrownBy(() -> SeededSequences.play(1_000, looking))
                    .isInstanceOf(PropertyBroken.class)
                    .hasMessageContaining("-Dproperty.seed=");
        }
    }

    private static byte[] planted(String module) {
        try (var stream = TokenPropertiesTest.class.getResourceAsStream(module + ".wasm")) {
            return Objects.requireNonNull(stream, module).readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(module, e);
        }
    }
}
