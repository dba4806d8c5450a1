package io.xwasm.deploy.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.protocol.AccountKey;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.deploy.cli.agent.FakeHttp.Said;
import java.math.BigInteger;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentClientTest {
    private static final Pause AT_ONCE = _ -> {};

    private FakeHttp first;
    private FakeHttp second;
    private final SignedCall call =
            SignedCall.sign(
                    AccountKey.generate(),
                    new GroupId("main"),
                    0,
                    Address.SYSTEM,
                    "poke",
                    new byte[] {1, 2},
                    BigInteger.ZERO,
                    1000,
                    1);

    @BeforeEach
    void start() throws Exception {
        first = new FakeHttp();
        second = new FakeHttp();
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    @Test
    void a_receipt_comes_back_whole() {
        first.on("POST /v1/calls", receipt());
        try (var client = client(first.address())) {
            var receipt = client.call(call);
            assertThat(receipt.call()).isEqualTo(call.hash());
            assertThat(receipt.height()).isEqualTo(7);
            assertThat(receipt.position()).isEqualTo(3);
            assertThat(receipt.gasUsed()).isEqualTo(4711);
            assertThat(receipt.failure()).isNull();
            assertThat(receipt.result()).containsExactly(1, 255);
            assertThat(receipt.events()).singleElement().matches(e -> e.topic().equals("Poked"));
        }
        assertThat(first.heard("POST /v1/calls"))
                .singleElement()
                .matches(request -> java.util.Arrays.equals(request.body(), call.toBytes()));
    }

    @Test
    void a_standby_names_the_primary_and_is_not_asked_again() {
        first.on("POST /v1/calls", _ -> Said.elsewhere(second.address().resolve("/v1/calls")));
        second.on("POST /v1/calls", receipt());
        try (var client = client(first.address(), second.address())) {
            client.call(call);
            client.call(call);
            assertThat(client.primary()).isEqualTo(second.address());
        }
        assertThat(first.heard()).hasSize(1);
        assertThat(second.heard()).hasSize(2);
    }

    @Test
    void the_same_bytes_are_repeated_until_there_is_a_primary() {
        var refusals = new AtomicInteger();
        first.on("POST /v1/calls", _ -> Said.problem(503, "there is no primary"));
        second.on(
                "POST /v1/calls",
                _ ->
                        refusals.incrementAndGet() < 5
                                ? Said.problem(503, "there is no primary")
                                : Said.ok(receipt()));
        try (var client = client(first.address(), second.address())) {
            assertThat(client.call(call).height()).isEqualTo(7);
        }
        assertThat(second.heard()).hasSize(5);
        assertThat(second.heard()).allMatch(r -> java.util.Arrays.equals(r.body(), call.toBytes()));
    }

    @Test
    void a_dead_agent_is_passed_over() throws Exception {
        URI dead;
        try (var socket = new ServerSocket(0)) {
            dead = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        second.on("POST /v1/calls", receipt());
        try (var client = client(dead, second.address())) {
            assertThat(client.call(call).height()).isEqualTo(7);
        }
    }

    @Test
    void members_that_name_each_other_end_in_a_sentence() {
        first.on("POST /v1/calls", _ -> Said.elsewhere(second.address()));
        second.on("POST /v1/calls", _ -> Said.elsewhere(first.address()));
        var pauses = new AtomicInteger();
        try (var client =
                new AgentClient(
                        List.of(first.address()),
                        Duration.ofMillis(200),
                        _ -> pauses.incrementAndGet())) {
            assertThatThrownBy(() -> client.call(call))
                    .isInstanceOf(NoAgentAnswers.class)
                    .hasMessageContaining("names another primary");
        }
        assertThat(pauses.get()).isPositive();
    }

    @Test
    void without_a_primary_it_ends_with_the_last_reason() {
        first.on("POST /v1/calls", _ -> Said.problem(503, "too few members are in sync"));
        try (var client =
                new AgentClient(List.of(first.address()), Duration.ofMillis(50), AT_ONCE)) {
            assertThatThrownBy(() -> client.call(call))
                    .isInstanceOf(NoAgentAnswers.class)
                    .hasMessageContaining("too few members are in sync");
        }
    }

    @Test
    void a_refusal_is_final_and_keeps_its_sentence() {
        first.on("POST /v1/calls", _ -> Said.problem(409, "nonce 0 is used by another call"));
        try (var client = client(first.address())) {
            assertThatThrownBy(() -> client.call(call))
                    .isInstanceOf(CallRefused.class)
                    .hasMessage("nonce 0 is used by another call")
                    .matches(e -> ((CallRefused) e).nonceUsed());
        }
        assertThat(first.heard()).hasSize(1);
    }

    @Test
    void accounts_and_queries_are_understood() {
        var account = AccountKey.generate().address();
        first.on(
                "GET /v1/accounts/" + account,
                "{\"address\":\"%s\",\"balance\":\"340282366920938463463374607431768211455\",\"nextNonce\":9,\"news\":1}"
                        .formatted(account));
        first.on(
                "POST /v1/queries",
                "{\"result\":\"\",\"failure\":{\"kind\":\"reverted\",\"message\":\"no\"},\"gasUsed\":3,\"height\":5}");
        try (var client = client(first.address())) {
            assertThat(client.account(account))
                    .isEqualTo(
                            new AccountState(
                                    account,
                                    BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE),
                                    9));
            var answer = client.query(Address.SYSTEM, "look", new byte[] {10});
            assertThat(answer.failure()).isNotNull();
            assertThat(answer.height()).isEqualTo(5);
        }
        assertThat(first.heard("POST /v1/queries").getFirst().text())
                .contains("\"arguments\":\"0a\"");
    }

    private static AgentClient client(URI... agents) {
        return new AgentClient(List.of(agents), Duration.ofSeconds(10), AT_ONCE);
    }

    private String receipt() {
        return "{\"call\":\"%s\",\"height\":7,\"position\":3,\"gasUsed\":4711,\"failure\":null,\"result\":\"01ff\",\"events\":[{\"contract\":\"%s\",\"topic\":\"Poked\",\"data\":\"\"}]}"
                .formatted(call.hash(), Address.SYSTEM);
    }
}
