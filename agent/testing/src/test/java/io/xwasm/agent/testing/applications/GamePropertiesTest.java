package io.xwasm.agent.testing.applications;

import static io.xwasm.agent.testing.applications.GameSequence.arguments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.testing.runner.TestRunner;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** The game's properties, on its real modules. */
class GamePropertiesTest {
    private static final int CALLS = 60;

    /** The whole state is looked at after so many calls, and at the end. */
    private static final int STRIDE = 15;

    private static final long EACH = 100_000;

    /** What every sequence begins with: a game with players and templates, and money for all. */
    private static TestRunner.Snapshot founded(TestRunner runner, byte[] game) {
        var owner = runner.user("owner").toString();
        var init = Json.MAPPER.createObjectNode().put("owner", owner);
        init.set("rules", rules());
        runner.deploy("game", game, init);
        var token = Json.MAPPER.createObjectNode();
        token.put("name", "Silver").put("symbol", "SLV").put("decimals", 0);
        token.put("supply", EACH * 4).put("owner", owner);
        runner.deploy("silver", ShippedContracts.code("token"), token);
        var classes = List.of("Warrior", "Mage", "Ranger", "Cleric");
        for (int i = 0; i < classes.size(); i++) {
            var name = GameSequence.PLAYERS.get(i);
            var user = runner.user(name, BigInteger.valueOf(EACH));
            runner.call(name, "game", "create_player", arguments(name, classes.get(i))).value();
            runner.call("owner", "silver", "transfer", arguments(user, (int) EACH)).value();
            var all = arguments(runner.address("game"), (int) EACH);
            runner.call(name, "silver", "approve", all).value();
        }
        design(runner, "Plate", "Armour", 4, 7, 3, true, 40);
        design(runner, "Ring", "Trinket", 2, 0, 1, true, 0);
        design(runner, "Blade", "Weapon", 6, 11, 0, true, 5);
        design(runner, "Crown", "Trinket", 1, 1, 0, false, 10);
        design(runner, "Cloak", "Armour", 4, 0, 0, true, 20);
        for (var name : GameSequence.PLAYERS) {
            runner.call(name, "game", "mint_item", arguments(8, 1)).value();
        }
        return runner.snapshot();
    }

    private static ObjectNode rules() {
        var rules = Json.MAPPER.createObjectNode();
        rules.put("battle_energy", 10)
                .put("energy_interval", 600_000)
                .put("health_interval", 2_000);
        rules.put("energy_price", 1).put("rounds", GameSequence.ROUNDS);
        rules.put("commit_window", GameSequence.WINDOW).put("reveal_window", GameSequence.WINDOW);
        rules.put("win_experience", 60).put("win_gold", 50).put("loot_per_mille", 500);
        rules.put("offer_lifetime", 3 * GameSequence.WINDOW);
        return rules;
    }

    private static void design(
            TestRunner runner,
            String name,
            String slot,
            int limit,
            int price,
            int weight,
            boolean isPublic,
            int health) {
        var design = Json.MAPPER.createObjectNode();
        design.put("name", name).put("slot", slot).put("attack", 3).put("defense", 2);
        design.put("health", health).put("min_level", 1).putNull("class").put("price", price);
        design.put("limit", limit).put("drop_weight", weight);
        design.put("public", isPublic).put("bound", false);
        runner.call("owner", "game", "create_template", arguments(design)).value();
    }

    private static SeededSequences.Sequence sequence(
            TestRunner runner,
            TestRunner.Snapshot beginning,
            Collection<GameProperty> properties,
            Map<String, Integer> outcomes) {
        return random -> {
            runner.restore(beginning);
            var sequence = new GameSequence(runner, random);
            for (int i = 1; i <= CALLS; i++) {
                var played = sequence.next();
                boolean whole = i % STRIDE == 0;
                properties.stream()
                        .filter(property -> whole || !property.ofState)
                        .forEach(property -> property.check(sequence, played));
                outcomes.merge(played.outcome(), 1, Integer::sum);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"game", "game-2"})
    void every_property_holds(String module) {
        var outcomes = new HashMap<String, Integer>();
        try (var runner = new TestRunner()) {
            var beginning = founded(runner, ShippedContracts.code(module));
            var all = EnumSet.allOf(GameProperty.class);
            SeededSequences.play(sequence(runner, beginning, all, outcomes));
        }
        // Sequences in which nothing happens would keep any property.
        assertThat(outcomes)
                .containsKeys(
                        "start_battle",
                        "start_battle state",
                        "commit_actions",
                        "commit_actions timeout",
                        "reveal_actions",
                        "reveal_actions validation",
                        "reveal_actions timeout",
                        "end_battle",
                        "end_battle state",
                        "end_battle timeout",
                        "mint_item",
                        "mint_item resources",
                        "mint_item permission",
                        "equip",
                        "unequip",
                        "trade_item",
                        "accept_trade",
                        "accept_trade resources",
                        "cancel_trade",
                        "buy_energy",
                        "withdraw_fees",
                        "set_open");
    }

    /** Bugs in the module, and the property that finds each of them. */
    @ParameterizedTest
    @CsvSource({
        "kept-offer, ONE_HOLDER",
        "still-worn, ONE_HOLDER",
        "limit-per-call, SUPPLY",
        "endless-energy, BOUNDS",
        "over-healed, BOUNDS",
        "free-gold, GOLD",
        "kept-price, FEES",
        "paid-twice, ENDS_ONCE",
        "any-actions, COMMITTED",
        "late-reveal, COMMITTED",
        "silent-challenger, SILENCE",
        "present-health, SAME_RESULT",
    })
    void each_property_finds_the_bug_that_was_planted_for_it(String bug, GameProperty property) {
        try (var runner = new TestRunner()) {
            var beginning = founded(runner, planted(bug));
            var looking = sequence(runner, beginning, List.of(property), new HashMap<>());

            assertThatThrownBy(() -> SeededSequences.play(1_000, looking))
                    .isInstanceOf(PropertyBroken.class)
                    .hasMessageContaining("-Dproperty.seed=");
        }
    }

    private static byte[] planted(String bug) {
        var name = "game-%s.wasm".formatted(bug);
        try (var module = GamePropertiesTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(module, name).readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }
}
