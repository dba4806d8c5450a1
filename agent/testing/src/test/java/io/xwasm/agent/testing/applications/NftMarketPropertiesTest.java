package io.xwasm.agent.testing.applications;

import static io.xwasm.agent.testing.applications.NftMarketSequence.arguments;
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
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The market's properties, on its real modules. */
class NftMarketPropertiesTest {
    private static final int CALLS = 50;
    private static final long EACH = 100_000;
    private static final EnumSet<NftMarketProperty> ALL = EnumSet.allOf(NftMarketProperty.class);

    /** What every sequence begins with: a market, a token, and money for everybody. */
    private static TestRunner.Snapshot founded(TestRunner runner, byte[] market) {
        return founded(runner, init -> runner.deploy("market", market, init));
    }

    private static TestRunner.Snapshot founded(TestRunner runner, Consumer<JsonNode> deploy) {
        var parties = NftMarketLook.PARTIES;
        parties.forEach(name -> runner.user(name, BigInteger.valueOf(EACH)));
        var init = Json.MAPPER.createObjectNode();
        init.put("owner", runner.user("owner").toString())
                .put("fee_percentage", NftMarketSequence.FEE)
                .put("fee_recipient", runner.user("fees").toString());
        deploy.accept(init);
        var token = Json.MAPPER.createObjectNode();
        token.put("name", "Gold")
                .put("symbol", "GLD")
                .put("decimals", 0)
                .put("supply", EACH * parties.size())
                .put("owner", runner.user("owner").toString());
        runner.deploy("gold", ShippedContracts.code("token"), token);
        for (var name : parties) {
            runner.call("owner", "gold", "transfer", arguments(runner.user(name), EACH)).value();
            var all = arguments(runner.address("market"), Long.MAX_VALUE);
            runner.call(name, "gold", "approve", all).value();
        }
        var accepted = arguments(runner.address("gold"));
        accepted.add(true);
        runner.call("owner", "market", "set_currency", accepted).value();
        return runner.snapshot();
    }

    private static SeededSequences.Sequence sequence(
            TestRunner runner,
            TestRunner.Snapshot beginning,
            Collection<NftMarketProperty> properties,
            Map<String, Integer> outcomes) {
        return random -> {
            runner.restore(beginning);
            var sequence = begun(runner, random);
            for (int i = 0; i < CALLS; i++) {
                var played = sequence.next();
                check(properties, sequence, played);
                outcomes.merge(played.outcome(), 1, Integer::sum);
            }
        };
    }

    private static NftMarketSequence begun(TestRunner runner, RandomGenerator random) {
        long now = runner.now().toEpochMilli();
        var model = new NftMarketModel(now, NftMarketSequence.FEE, NftMarketLook.PARTIES, EACH);
        return new NftMarketSequence(runner, model, random);
    }

    /** A refused call changes nothing, which the machine sees to: then only the refusal counts. */
    private static void check(
            Collection<NftMarketProperty> properties,
            NftMarketSequence sequence,
            NftMarketSequence.Played played) {
        if (!played.result().succeeded()) {
            if (properties.contains(NftMarketProperty.AS_TOLD)
                    && !Objects.equals(played.kind(), played.expected())) {
                throw NftMarketProperty.AS_TOLD.brokenBy(
                        played, "it should be " + played.expected());
            }
            return;
        }
        var look = NftMarketLook.at(sequence);
        for (var property : properties) {
            var broken = property.broken(sequence.model, look, played);
            if (broken != null) {
                throw property.brokenBy(played, broken);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nft-market", "nft-market-2"})
    void every_property_holds_after_every_call(String module) {
        var outcomes = new HashMap<String, Integer>();
        try (var runner = new TestRunner()) {
            var beginning = founded(runner, ShippedContracts.code(module));
            SeededSequences.play(sequence(runner, beginning, ALL, outcomes));
        }
        if (SeededSequences.areMany()) {
            // Sequences in which nothing happens would keep any property.
            assertThat(outcomes)
                    .containsKeys(
                            "mint",
                            "transfer_nft",
                            "list_nft",
                            "buy_nft",
                            "buy_nft timeout",
                            "buy_nft resources",
                            "cancel_listing",
                            "cancel_listing permission",
                            "expire_listing",
                            "make_offer",
                            "accept_offer",
                            "accept_offer timeout",
                            "cancel_offer",
                            "expire_offer",
                            "collect_fees",
                            "set_fee_config");
        }
    }

    /** What one version has begun, the other one finishes, in both directions. */
    @Test
    void every_property_holds_while_versions_come_and_go() {
        var first = ShippedContracts.code("nft-market");
        var second = ShippedContracts.code("nft-market-2");
        var proxy = ShippedContracts.code("proxy");
        try (var runner = new TestRunner()) {
            var owner = runner.user("owner");
            var beginning =
                    founded(
                            runner,
                            init -> runner.deployBehindProxy("market", proxy, first, owner, init));
            SeededSequences.play(random -> {
                runner.restore(beginning);
                var sequence = begun(runner, random);
                boolean isSecond = false;
                for (int i = 0; i < CALLS; i++) {
                    if (random.nextInt(10) == 0) {
                        var changed =
                                isSecond
                                        ? runner.rollback("owner", "market", 0, first)
                                        : runner.upgrade("owner", "market", second, new byte[0]);
                        assertThat(changed.failure()).isNull();
                        isSecond = !isSecond;
                    }
                    check(ALL, sequence, sequence.next());
                }
            });
        }
    }

    /** Bugs in the module, and the property that finds each of them. */
    @ParameterizedTest
    @CsvSource({
        "kept-escrow, ONE_OWNER",
        "standing-listing, ONE_OWNER",
        "kept-change, MONEY",
        "open-offer, MONEY",
        "royalty-on-top, DIVIDED",
        "eternal-offer, AS_TOLD",
    })
    void each_property_finds_the_bug_that_was_planted_for_it(
            String bug, NftMarketProperty property) {
        try (var runner = new TestRunner()) {
            var beginning = founded(runner, planted(bug));
            var looking = sequence(runner, beginning, List.of(property), new HashMap<>());

            assertThatThrownBy(() -> SeededSequences.play(1_000, looking))
                    .isInstanceOf(PropertyBroken.class)
                    .hasMessageContaining("-Dproperty.seed=");
        }
    }

    @Test
    void royalties_of_a_contract_wait_until_it_takes_them() {
        try (var runner = new TestRunner()) {
            founded(runner, ShippedContracts.code("nft-market"));
            var royalty = Json.MAPPER.createObjectNode();
            royalty.put("recipient", runner.address("gold").toString()).put("percentage", 1_000);
            runner.call("alice", "market", "mint", arguments("ipfs://x", royalty)).value();
            var price = arguments(1, 1_000, Json.MAPPER.nullNode(), 1_000);
            runner.call("alice", "market", "list_nft", price).value();
            runner.call(
                            "bob",
                            "market",
                            "buy_nft",
                            arguments(1),
                            BigInteger.valueOf(1_000),
                            TestRunner.GAS_LIMIT)
                    .value();

            var refused =
                    runner.call(
                            "bob",
                            "market",
                            "pay_out_royalties",
                            arguments(runner.address("gold")));

            assertThat(refused.succeeded()).isFalse();
            assertThat(runner.balance(runner.address("market"))).isEqualTo(125);
        }
    }

    private static byte[] planted(String bug) {
        var name = "nft-market-%s.wasm".formatted(bug);
        try (var module = NftMarketPropertiesTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(module, name).readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }
}
