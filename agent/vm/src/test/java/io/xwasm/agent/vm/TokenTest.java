package io.xwasm.agent.vm;

import static io.xwasm.agent.vm.Sandbox.account;
import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.protocol.Address;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenTest {
    private static final Address ALICE = account("alice");
    private static final Address BOB = account("bob");
    private static final Address CAROL = account("carol");

    private final Sandbox sandbox = new Sandbox();
    private Address token = Address.SYSTEM;

    @BeforeEach
    void deploy() {
        token =
                sandbox.deploy(
                        "token",
                        "gold",
                        """
                        {"name": "Gold", "symbol": "GLD", "decimals": 8, "supply": "1000", "owner": "%s"}\
                        """
                                .formatted(ALICE));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void the_owner_gets_the_first_supply() {
        assertThat(balance(ALICE)).isEqualTo("1000");
        assertThat(text("total_supply", "")).isEqualTo("1000");
        assertThat(text("name", "")).isEqualTo("Gold");
        assertThat(text("symbol", "")).isEqualTo("GLD");
        assertThat(text("contract_owner", "")).isEqualTo(ALICE.toString());
    }

    @Test
    void a_transfer_moves_tokens_and_says_so() {
        var outcome = Sandbox.require(send(ALICE, "transfer", to(BOB, 300)));

        assertThat(balance(ALICE)).isEqualTo("700");
        assertThat(balance(BOB)).isEqualTo("300");
        assertThat(outcome.events()).hasSize(1);
        var event = outcome.events().getFirst();
        assertThat(event.topic()).isEqualTo("Transfer");
        assertThat(sandbox.interfaceAt(token).event("Transfer", event.data()).toString())
                .isEqualTo(
                        "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":\"300\"}".formatted(ALICE, BOB));
    }

    @Test
    void a_transfer_to_oneself_changes_nothing() {
        Sandbox.require(send(ALICE, "transfer", to(ALICE, 300)));

        assertThat(balance(ALICE)).isEqualTo("1000");
    }

    @Test
    void nobody_spends_what_they_do_not_have() {
        assertThat(sandbox.refused(BOB, token, "transfer", to(CAROL, 1)))
                .extracting(Outcome.Failed::kind, Outcome.Failed::message)
                .containsExactly(FailureKind.RESOURCES, "balance too low");
    }

    @Test
    void others_spend_what_they_were_allowed_and_no_more() {
        Sandbox.require(
                send(ALICE, "approve", "{\"spender\": \"%s\", \"amount\": 50}".formatted(BOB)));
        var take = "{\"from\": \"%s\", \"to\": \"%s\", \"amount\": 30}".formatted(ALICE, CAROL);

        Sandbox.require(send(BOB, "transfer_from", take));

        assertThat(balance(CAROL)).isEqualTo("30");
        assertThat(sandbox.refused(BOB, token, "transfer_from", take).kind())
                .isEqualTo(FailureKind.PERMISSION);
        assertThat(
                        text(
                                "allowance",
                                "{\"owner\": \"%s\", \"spender\": \"%s\"}".formatted(ALICE, BOB)))
                .isEqualTo("20");
    }

    @Test
    void only_the_owner_makes_and_destroys() {
        Sandbox.require(send(ALICE, "mint", to(BOB, 5)));
        Sandbox.require(send(ALICE, "burn", "{\"amount\": 1000}"));

        assertThat(text("total_supply", "")).isEqualTo("5");
        assertThat(sandbox.refused(BOB, token, "mint", to(BOB, 5)).kind())
                .isEqualTo(FailureKind.PERMISSION);
        assertThat(sandbox.refused(BOB, token, "burn", "{\"amount\": 1}").kind())
                .isEqualTo(FailureKind.PERMISSION);
    }

    @Test
    void a_supply_that_overflows_is_refused() {
        var most = "340282366920938463463374607431768211455";

        assertThat(
                        sandbox.refused(
                                        ALICE,
                                        token,
                                        "mint",
                                        "{\"to\": \"%s\", \"amount\": \"%s\"}".formatted(BOB, most))
                                .kind())
                .isEqualTo(FailureKind.MATH);
    }

    @Test
    void init_cannot_be_called_by_anybody() {
        var again =
                "{\"name\": \"X\", \"symbol\": \"X\", \"decimals\": 0, \"supply\": 1, \"owner\": \"%s\"}"
                        .formatted(BOB);

        assertThat(sandbox.refused(BOB, token, "init", again).kind())
                .isEqualTo(FailureKind.PERMISSION);
        assertThat(sandbox.refused(Address.SYSTEM, token, "init", again).kind())
                .isEqualTo(FailureKind.STATE);
    }

    private Outcome send(Address from, String method, String arguments) {
        return sandbox.send(from, token, method, arguments);
    }

    private String balance(Address of) {
        return text("balance_of", "{\"owner\": \"%s\"}".formatted(of));
    }

    private String text(String method, String arguments) {
        return sandbox.call(CAROL, token, method, arguments).asString();
    }

    private static String to(Address to, long amount) {
        return "{\"to\": \"%s\", \"amount\": %d}".formatted(to, amount);
    }
}
