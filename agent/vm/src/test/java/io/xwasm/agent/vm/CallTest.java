package io.xwasm.agent.vm;

import static io.xwasm.agent.vm.Sandbox.account;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Hash;
import java.math.BigInteger;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of a call, of the calls it makes, and of what they wrote. */
class CallTest {
    private static final Address ALICE = account("alice");
    private static final Address BOB = account("bob");

    private final Sandbox sandbox = new Sandbox();
    private final Address probe = sandbox.deploy("probe", "probe", "");
    private final Address other = sandbox.deploy("probe", "other", "");

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void a_contract_sees_who_called_and_when() {
        sandbox.world().give(ALICE, BigInteger.TEN);

        var outcome = Sandbox.require(sandbox.send(ALICE, probe, "look", "", 3, Sandbox.PLENTY));
        var seen = sandbox.interfaceAt(probe).result("look", outcome.result());

        assertThat(seen.get("caller").asString()).isEqualTo(ALICE.toString());
        assertThat(seen.get("own").asString()).isEqualTo(probe.toString());
        assertThat(seen.get("origin").asString()).isEqualTo(ALICE.toString());
        assertThat(seen.get("value").asString()).isEqualTo("3");
        assertThat(seen.get("balance").asString()).isEqualTo("3");
        assertThat(seen.get("method").asString()).isEqualTo("look");
        assertThat(Long.parseLong(seen.get("time").asString()))
                .isEqualTo(1_000 * Long.parseLong(seen.get("height").asString()));
    }

    @Test
    void the_largest_memory_of_a_contract_is_remembered() {
        assertThat(sandbox.vm().memoryBytes(BOB)).isZero();

        Sandbox.require(sandbox.send(ALICE, probe, "look", "", 0, Sandbox.PLENTY));

        long pages = sandbox.vm().memoryBytes(probe) / 65_536;
        assertThat(pages).isBetween(1L, (long) VmLimits.MEMORY_PAGES);
    }

    @Test
    void a_call_of_nothing_is_an_unknown_contract() {
        var outcome = sandbox.send(ALICE, BOB, "look", new byte[] {}, 0, Sandbox.PLENTY);

        assertThat(Sandbox.failure(outcome).kind()).isEqualTo(FailureKind.UNKNOWN_CONTRACT);
    }

    @Test
    void a_method_that_is_not_there_is_unknown() {
        var outcome = sandbox.send(ALICE, probe, "fly", new byte[] {}, 0, Sandbox.PLENTY);

        assertThat(Sandbox.failure(outcome).kind()).isEqualTo(FailureKind.UNKNOWN_METHOD);
        assertThat(Sandbox.failure(outcome).message()).isEqualTo("probe has no method 'fly'");
    }

    @Test
    void bytes_that_are_no_arguments_are_refused_by_the_contract() {
        var outcome = sandbox.send(ALICE, probe, "recurse", new byte[] {1}, 0, Sandbox.PLENTY);
        var tooMany = sandbox.send(ALICE, probe, "trap", new byte[] {1}, 0, Sandbox.PLENTY);

        assertThat(Sandbox.failure(outcome).kind()).isEqualTo(FailureKind.BAD_ARGUMENTS);
        assertThat(Sandbox.failure(outcome).message())
                .isEqualTo("argument 'depth' of recurse is no u64");
        assertThat(Sandbox.failure(tooMany).kind()).isEqualTo(FailureKind.BAD_ARGUMENTS);
    }

    @Test
    void value_is_moved_to_a_method_that_takes_it_and_to_no_other() {
        sandbox.world().give(ALICE, BigInteger.TEN);

        Sandbox.require(sandbox.send(ALICE, probe, "deposit", "", 4, Sandbox.PLENTY));
        var notPayable = sandbox.send(ALICE, probe, "trap", "", 4, Sandbox.PLENTY);
        var tooMuch = sandbox.send(ALICE, probe, "deposit", "", 7, Sandbox.PLENTY);

        assertThat(Sandbox.failure(notPayable).kind()).isEqualTo(FailureKind.NOT_PAYABLE);
        assertThat(Sandbox.failure(tooMuch).kind()).isEqualTo(FailureKind.INSUFFICIENT_BALANCE);
        assertThat(sandbox.world().balance(probe)).isEqualTo(4);
        assertThat(sandbox.world().balance(ALICE)).isEqualTo(6);
    }

    @Test
    void a_contract_pays_an_account_but_not_more_than_it_has() {
        sandbox.world().give(probe, BigInteger.TEN);

        sandbox.call(ALICE, probe, "pay", "{\"to\": \"%s\", \"amount\": 7}".formatted(BOB));
        var refused =
                sandbox.refused(
                        ALICE, probe, "pay", "{\"to\": \"%s\", \"amount\": 7}".formatted(BOB));

        assertThat(refused.kind()).isEqualTo(FailureKind.INSUFFICIENT_BALANCE);
        assertThat(sandbox.world().balance(BOB)).isEqualTo(7);
    }

    @Test
    void a_failed_call_leaves_nothing_but_its_gas() {
        var before = sandbox.world().snapshot();

        var failed =
                sandbox.refused(
                        ALICE, probe, "keep_then_fail", "{\"key\": \"a\", \"value\": \"00\"}");

        assertThat(failed.kind()).isEqualTo(FailureKind.STATE);
        assertThat(failed.message()).isEqualTo("failed on request");
        assertThat(failed.gasUsed()).isPositive();
        assertThat(sandbox.world().snapshot()).isEqualTo(before);
    }

    @Test
    void a_failing_callee_is_rolled_back_alone_and_its_caller_goes_on() {
        var arguments =
                sandbox.interfaceAt(other)
                        .arguments("keep_then_fail", json("{\"key\": \"a\", \"value\": \"00\"}"));

        var outcome =
                Sandbox.require(
                        sandbox.send(
                                ALICE,
                                probe,
                                "keep_and_ask",
                                "{\"key\": \"mine\", \"to\": \"%s\", \"method\": \"keep_then_fail\", \"args\": \"%s\"}"
                                        .formatted(other, HexFormat.of().formatHex(arguments))));

        var answer = sandbox.interfaceAt(probe).result("keep_and_ask", outcome.result());
        assertThat(answer.get("code").asInt()).isEqualTo(FailureKind.STATE.code() + 1);
        assertThat(text(answer)).isEqualTo("failed on request");
        assertThat(outcome.events()).hasSize(1);
        assertThat(outcome.events().getFirst().contract()).isEqualTo(probe);
        assertThat(isEmpty(probe, "mine")).isFalse();
        assertThat(isEmpty(other, "a")).isTrue();
    }

    @Test
    void a_contract_at_work_is_not_entered_again() {
        var back = ask(probe, "look", "", 0);
        var roundAbout =
                ask(other, "ask", HexFormat.of().formatHex(askArguments(probe, "look", "", 0)), 0);

        assertThat(back.get("code").asInt()).isEqualTo(FailureKind.REENTRANCY.code() + 1);
        assertThat(roundAbout.get("code").asInt()).isZero();
        var inner =
                sandbox.interfaceAt(other)
                        .result("ask", HexFormat.of().parseHex(roundAbout.get("bytes").asString()));
        assertThat(inner.get("code").asInt()).isEqualTo(FailureKind.REENTRANCY.code() + 1);
    }

    @Test
    void a_callee_gets_no_more_gas_than_it_is_given() {
        var answer = ask(other, "spin", "", 50_000);

        assertThat(answer.get("code").asInt()).isEqualTo(FailureKind.OUT_OF_GAS.code() + 1);
    }

    @Test
    void special_methods_cannot_be_called_by_contracts_either() {
        for (var method : new String[] {"init", "migrate", "migrate_back"}) {
            assertThat(ask(other, method, "", 0).get("code").asInt())
                    .isEqualTo(FailureKind.PERMISSION.code() + 1);
        }
    }

    @Test
    void a_delegate_works_on_its_callers_storage_for_the_same_caller() {
        var code = sandbox.upload("probe");

        var answer =
                sandbox.call(
                        ALICE,
                        probe,
                        "delegate",
                        "{\"code\": \"%s\", \"method\": \"look\", \"args\": \"\"}".formatted(code));

        var seen =
                sandbox.interfaceAt(probe)
                        .result("look", HexFormat.of().parseHex(answer.get("bytes").asString()));
        assertThat(seen.get("caller").asString()).isEqualTo(ALICE.toString());
        assertThat(seen.get("own").asString()).isEqualTo(probe.toString());
    }

    @Test
    void contracts_wait_for_one_another_eight_deep_and_no_deeper() {
        var code = sandbox.upload("probe");

        assertThat(sandbox.call(ALICE, probe, "dive", "{\"code\": \"%s\"}".formatted(code)).asInt())
                .isEqualTo(VmLimits.CALL_DEPTH - 1);
    }

    @Test
    void limits_on_storage_and_events_end_the_call() {
        assertThat(sandbox.refused(ALICE, probe, "store_large", "{\"bytes\": 200000}").kind())
                .isEqualTo(FailureKind.LIMIT_EXCEEDED);
        assertThat(sandbox.refused(ALICE, probe, "note", "{\"times\": 1025}").kind())
                .isEqualTo(FailureKind.LIMIT_EXCEEDED);
        assertThat(Sandbox.require(sandbox.send(ALICE, probe, "note", "{\"times\": 9}")).events())
                .hasSize(9);
    }

    @Test
    void what_was_forgotten_is_gone() {
        sandbox.call(ALICE, probe, "keep", "{\"key\": \"a\", \"value\": \"0102\"}");
        assertThat(sandbox.call(ALICE, probe, "kept", "[\"a\"]").asString()).isEqualTo("0102");

        assertThat(sandbox.call(ALICE, probe, "forget", "[\"a\"]").asBoolean()).isTrue();
        assertThat(sandbox.call(ALICE, probe, "forget", "[\"a\"]").asBoolean()).isFalse();
        assertThat(isEmpty(probe, "a")).isTrue();
    }

    @Test
    void what_the_world_throws_is_not_the_contracts_failure() {
        var broken =
                new BrokenWorld(sandbox.world(), new IllegalStateException("the disk is gone"));

        assertThatThrownBy(() ->
                        sandbox.vm()
                                .call(
                                        new Invocation(
                                                ALICE,
                                                probe,
                                                "kept",
                                                sandbox.interfaceAt(probe)
                                                        .arguments("kept", json("[\"a\"]")),
                                                BigInteger.ZERO,
                                                Sandbox.PLENTY,
                                                new BlockContext(1, 1),
                                                Hash.ZERO),
                                        broken))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the disk is gone");
    }

    private JsonNode ask(Address to, String method, String arguments, long gas) {
        var outcome =
                Sandbox.require(
                        sandbox.send(
                                ALICE,
                                probe,
                                "ask",
                                askArguments(to, method, arguments, gas),
                                0,
                                Sandbox.PLENTY));
        return sandbox.interfaceAt(probe).result("ask", outcome.result());
    }

    private byte[] askArguments(Address to, String method, String arguments, long gas) {
        return sandbox.interfaceAt(probe)
                .arguments(
                        "ask",
                        json(
                                "{\"to\": \"%s\", \"method\": \"%s\", \"args\": \"%s\", \"value\": 0, \"gas\": %d}"
                                        .formatted(to, method, arguments, gas)));
    }

    private boolean isEmpty(Address at, String key) {
        return sandbox.call(ALICE, at, "kept", "[\"%s\"]".formatted(key)).isNull();
    }

    private static String text(JsonNode answer) {
        return new String(HexFormat.of().parseHex(answer.get("bytes").asString()), UTF_8);
    }

    private static JsonNode json(String text) {
        return JsonMapper.builder().build().readTree(text);
    }
}
