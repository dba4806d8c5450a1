package io.xwasm.agent.vm;

import static io.xwasm.agent.vm.Exchange.OWNER;
import static io.xwasm.agent.vm.Exchange.TRADER;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DexTest {
    private final Sandbox sandbox = new Sandbox();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void without_a_fee_100_into_1000_and_4000_give_363() {
        var exchange = Exchange.plain(sandbox, 0);

        var result = swap(exchange, 100, 350);

        assertThat(result).contains("\"output_amount\":\"363\"", "\"fees\":\"0\"");
        assertThat(exchange.reserves()).isEqualTo("1100/3637");
    }

    @Test
    void with_3_per_mille_100_into_1000_and_4000_give_362() {
        var exchange = Exchange.plain(sandbox, 3);

        assertThat(swap(exchange, 100, 350)).contains("\"output_amount\":\"362\"");
        assertThat(exchange.reserves()).isEqualTo("1100/3638");
    }

    @Test
    void a_swap_moves_both_tokens_and_remembers_the_trader() {
        var exchange = Exchange.plain(sandbox, 3);
        long before = Long.parseLong(exchange.balance(exchange.silver(), TRADER));

        swap(exchange, 100, 350);

        assertThat(exchange.balance(exchange.silver(), TRADER))
                .isEqualTo(Long.toString(before + 362));
        assertThat(exchange.balance(exchange.gold(), exchange.dex())).isEqualTo("1100");
        assertThat(query(exchange, "trader", "{\"user\": \"%s\"}".formatted(TRADER)))
                .isEqualTo("{\"trades\":\"1\",\"volume\":\"100\"}");
    }

    @Test
    void a_swap_below_the_minimum_is_refused_and_leaves_nothing() {
        var exchange = Exchange.plain(sandbox, 3);
        var before = sandbox.world().snapshot();

        var refused =
                sandbox.refused(TRADER, exchange.dex(), "swap", exchange.swapArguments(100, 500));

        assertThat(refused.kind()).isEqualTo(FailureKind.VALIDATION);
        assertThat(refused.message()).isEqualTo("output amount is below the minimum");
        assertThat(sandbox.world().snapshot()).isEqualTo(before);
    }

    @Test
    void a_swap_that_cannot_be_paid_leaves_nothing_although_the_pool_was_written_first() {
        var exchange = Exchange.plain(sandbox, 3);
        var before = sandbox.world().snapshot();

        var refused =
                sandbox.refused(
                        Sandbox.account("pauper"),
                        exchange.dex(),
                        "swap",
                        exchange.swapArguments(100, 1));

        assertThat(refused.message()).isEqualTo("allowance too low");
        assertThat(sandbox.world().snapshot()).isEqualTo(before);
    }

    @Test
    void a_quote_is_what_the_swap_then_gives() {
        var exchange = Exchange.plain(sandbox, 3);
        var quoted =
                query(
                        exchange,
                        "quote",
                        "{\"pool\": \"main\", \"input_token\": \"%s\", \"input_amount\": 100}"
                                .formatted(exchange.gold()));

        assertThat(swap(exchange, 100, 1)).isEqualTo(quoted);
        assertThat(quoted)
                .isEqualTo(
                        "{\"input_amount\":\"100\",\"output_amount\":\"362\",\"fees\":\"0\",\"price_impact\":95000}");
    }

    @Test
    void the_first_provider_gets_the_root_of_the_product_and_can_take_everything_out() {
        var exchange = Exchange.plain(sandbox, 3, 500, 2000);

        assertThat(position(exchange))
                .isEqualTo(
                        "{\"liquidity_amount\":\"1000\",\"amount_a\":\"500\",\"amount_b\":\"2000\"}");
        assertThat(
                        sandbox.call(
                                        OWNER,
                                        exchange.dex(),
                                        "remove_liquidity",
                                        "{\"pool\": \"main\", \"liquidity_amount\": 1000}")
                                .toString())
                .isEqualTo(
                        "{\"amount_a\":\"500\",\"amount_b\":\"2000\",\"liquidity_removed\":\"1000\"}");
        assertThat(exchange.reserves()).isEqualTo("0/0");
    }

    @Test
    void a_later_provider_pays_in_proportion_and_no_more() {
        var exchange = Exchange.plain(sandbox, 3);

        var receipt =
                sandbox.call(
                        TRADER,
                        exchange.dex(),
                        "add_liquidity",
                        "{\"pool\": \"main\", \"amount_a\": 100, \"amount_b\": 1000}");

        assertThat(receipt.get("liquidity_amount").asString()).isEqualTo("200");
        assertThat(receipt.get("amount_a").asString()).isEqualTo("100");
        assertThat(receipt.get("amount_b").asString()).isEqualTo("400");
        assertThat(exchange.reserves()).isEqualTo("1100/4400");
    }

    @Test
    void fees_stay_with_the_providers() {
        var exchange = Exchange.plain(sandbox, 100, 1_000_000, 1_000_000);

        swap(exchange, 100_000, 1);

        assertThat(position(exchange)).contains("\"amount_a\":\"1100000\"");
    }

    @Test
    void amounts_whose_product_needs_256_bits_are_exact() {
        long reserve = 900_000_000_000_000_000L;
        var exchange = Exchange.plain(sandbox, 3, reserve, reserve);

        // 9 * 10^17 * 997 * 9 * 10^17 is more than 2^128.
        assertThat(
                        query(
                                exchange,
                                "quote",
                                "{\"pool\": \"main\", \"input_token\": \"%s\", \"input_amount\": %d}"
                                        .formatted(exchange.gold(), reserve)))
                .contains("\"output_amount\":\"449323985978968452\"");
    }

    @Test
    void what_makes_no_sense_is_refused_with_a_reason() {
        var exchange = Exchange.plain(sandbox, 3);

        assertThat(refusal(exchange, "swap", exchange.swapArguments(0, 0)))
                .isEqualTo("VALIDATION: amounts must be positive");
        assertThat(refusal(exchange, "pool_state", "{\"pool\": \"other\"}"))
                .isEqualTo("STATE: no such pool");
        assertThat(
                        refusal(
                                exchange,
                                "create_pool",
                                "{\"pool\": \"main\", \"token_a\": \"%s\", \"token_b\": \"%s\"}"
                                        .formatted(exchange.gold(), exchange.silver())))
                .isEqualTo("STATE: the pool exists");
        assertThat(refusal(exchange, "set_fee", "{\"fee_per_mille\": 5}"))
                .isEqualTo("PERMISSION: only the owner");
        assertThat(
                        refusal(
                                exchange,
                                "remove_liquidity",
                                "{\"pool\": \"main\", \"liquidity_amount\": 1}"))
                .isEqualTo("RESOURCES: position too small");
    }

    private String refusal(Exchange exchange, String method, String arguments) {
        var refused = sandbox.refused(TRADER, exchange.dex(), method, arguments);
        return refused.kind() + ": " + refused.message();
    }

    private String swap(Exchange exchange, long amount, long least) {
        return sandbox.call(TRADER, exchange.dex(), "swap", exchange.swapArguments(amount, least))
                .toString();
    }

    private String position(Exchange exchange) {
        return query(
                exchange, "position", "{\"pool\": \"main\", \"user\": \"%s\"}".formatted(OWNER));
    }

    private String query(Exchange exchange, String method, String arguments) {
        return sandbox.call(TRADER, exchange.dex(), method, arguments).toString();
    }
}
