package io.xwasm.agent.vm;

import static io.xwasm.agent.vm.Sandbox.account;
import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.abi.BorshJson;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Contracts in C and in WebAssembly's own text, which know nothing but ABI.md. */
class OtherLanguagesTest {
    private static final Address ALICE = account("alice");
    private static final Address BOB = account("bob");

    private final Sandbox sandbox = new Sandbox();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void a_counter_in_c_counts_for_each_account() throws IOException {
        var wasm = guest("counter");
        var counter = sandbox.place(wasm, "counter");
        var spoken = new BorshJson(sandbox.vm().install(wasm).contractInterface());

        for (int i = 1; i <= 3; i++) {
            send(
                    ALICE,
                    counter,
                    "add",
                    spoken.arguments("add", Json.MAPPER.readTree("[" + i + "]")),
                    0);
        }
        var last =
                send(BOB, counter, "add", spoken.arguments("add", Json.MAPPER.readTree("[50]")), 0);
        var count = send(BOB, counter, "count", ALICE.bytes(), 0);

        assertThat(spoken.result("add", last.result()).asString()).isEqualTo("50");
        assertThat(spoken.result("count", count.result()).asString()).isEqualTo("6");
        assertThat(last.events()).hasSize(1);
        var event = spoken.event("Counted", last.events().getFirst().data());
        assertThat(event.get("account").asString()).isEqualTo(BOB.toString());
        assertThat(event.get("count").asString()).isEqualTo("50");
    }

    @Test
    void a_counter_in_c_says_what_is_wrong() throws IOException {
        var counter = sandbox.place(guest("counter"), "counter");
        var most = new byte[] {-1, -1, -1, -1, -1, -1, -1, -1};

        assertThat(refused(counter, new byte[] {1, 2}))
                .isEqualTo("BAD_ARGUMENTS: add takes one u64");
        send(ALICE, counter, "add", most, 0);
        assertThat(refused(counter, most)).isEqualTo("MATH: the counter is full");
    }

    @Test
    void a_purse_in_text_takes_value_and_pays_it_to_its_owner() throws IOException {
        var purse = sandbox.place(guest("purse"), "purse");
        sandbox.world().give(ALICE, BigInteger.TEN);
        sandbox.world().give(BOB, BigInteger.TEN);
        assertThat(
                        Sandbox.failure(
                                        sandbox.send(
                                                ALICE,
                                                purse,
                                                "empty",
                                                new byte[] {},
                                                0,
                                                Sandbox.PLENTY))
                                .message())
                .isEqualTo("empty");

        send(ALICE, purse, "fill", new byte[] {}, 4);
        send(BOB, purse, "fill", new byte[] {}, 5);
        assertThat(sandbox.world().balance(purse)).isEqualTo(9);
        send(BOB, purse, "empty", new byte[] {}, 0);

        assertThat(sandbox.world().balance(ALICE)).isEqualTo(15);
        assertThat(sandbox.world().balance(BOB)).isEqualTo(5);
        assertThat(sandbox.world().balance(purse)).isZero();
    }

    private Outcome.Returned send(
            Address from, Address to, String method, byte[] arguments, long value) {
        return Sandbox.require(sandbox.send(from, to, method, arguments, value, Sandbox.PLENTY));
    }

    private String refused(Address counter, byte[] arguments) {
        var failed =
                Sandbox.failure(sandbox.send(ALICE, counter, "add", arguments, 0, Sandbox.PLENTY));
        return failed.kind() + ": " + failed.message();
    }

    private static byte[] guest(String name) throws IOException {
        try (var in =
                Objects.requireNonNull(
                        OtherLanguagesTest.class.getResourceAsStream(name + ".wasm"))) {
            return in.readAllBytes();
        }
    }
}
