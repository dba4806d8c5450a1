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

/** The token's properties, on its real module. */
class TokenPropertiesTest {
    private static final int CALLS = 50;

    private static TestRunner.Snapshot founded(TestRunner runner, byte[] token) {
        var init = Json.MAPPER.createObjectNode();
        init.put("name", "Gold").put("symbol", "GLD").put("decimals", 0).put("supply", 1_000);
        init.put("owner", runner.user("owner").toString());
        runner.deploy("token", token, init);
        return runner.snapshot();
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

    @Test
    void every_property_holds_after_every_call() {
        var outcomes = new HashMap<String, Integer>();
        try (var runner = new TestRunner()) {
            var beginning = founded(runner, ShippedContracts.code("token"));
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
    }

    /** Bugs in the module, and the property that finds each of them. */
    @ParameterizedTest
    @CsvSource({
        "self-transfer, SUM",
        "uncounted-mint, SUM",
        "endless-allowance, ALLOWED",
        "reversed-allowance, ALLOWED",
    })
    void each_property_finds_the_bug_that_was_planted_for_it(String bug, TokenProperty property) {
        try (var runner = new TestRunner()) {
            var beginning = founded(runner, planted("token-" + bug));
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
