package io.xwasm.agent.vm;

import static io.xwasm.agent.vm.Sandbox.account;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.abi.BadValue;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a caller or a contract may get wrong, each through a shipped module: a failure of its kind
 * that names the argument, the limit or the party. What is wrong on purpose with pointers, lengths
 * and instructions is in {@link CallLimitsTest} and {@link ModuleLimitsTest}.
 */
class BadInputTest {
    private static final Address ALICE = account("alice");
    private static final Address BOB = account("bob");
    private static final BigInteger MOST_U128 =
            BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);

    private final Sandbox sandbox = new Sandbox();
    private final Address probe = sandbox.deploy("probe", "probe", "");
    private final Address token =
            sandbox.deploy(
                    "token",
                    "gold",
                    """
                    {"name": "Gold", "symbol": "GLD", "decimals": 8, "supply": "1000", "owner": "%s"}\
                    """
                            .formatted(ALICE));

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void a_missing_argument_is_named() {
        assertThat(sent(probe, "recurse"))
                .isEqualTo(
                        "BAD_ARGUMENTS: argument 'depth' of recurse is no u64: the arguments end before it");
        assertThat(sent(token, "transfer", BOB.bytes()))
                .isEqualTo(
                        "BAD_ARGUMENTS: argument 'amount' of transfer is no u128: the arguments end before it");
    }

    @Test
    void arguments_that_are_too_many_are_refused_with_the_method() {
        assertThat(sent(token, "transfer", BOB.bytes(), u128(BigInteger.ONE), new byte[] {0}))
                .isEqualTo("BAD_ARGUMENTS: too many bytes of arguments for transfer");
        assertThat(sent(token, "total_supply", new byte[] {0}))
                .isEqualTo("BAD_ARGUMENTS: too many bytes of arguments for total_supply");
    }

    @Test
    void an_argument_of_another_type_is_named() {
        var proxy = sandbox.deployBehindProxy("token", "behind", ALICE, tokenOf(ALICE));

        // A number that is cut short, an option that is neither there nor not, a list without end.
        assertThat(sent(token, "transfer", BOB.bytes(), new byte[] {1, 2, 3}))
                .isEqualTo("BAD_ARGUMENTS: argument 'amount' of transfer is no u128");
        assertThat(sent(proxy, "set_guardian", new byte[] {7}))
                .isEqualTo(
                        "BAD_ARGUMENTS: argument 'guardian' of set_guardian is no Option<Address>");
        assertThat(sent(probe, "keep", text("a"), new byte[] {-1, -1, -1, -1}))
                .isEqualTo("BAD_ARGUMENTS: argument 'value' of keep is no Vec<u8>");
    }

    @Test
    void a_string_that_is_no_utf_8_is_named() {
        assertThat(sent(probe, "keep", list((byte) 0xC3, (byte) 0x28), list((byte) 1)))
                .isEqualTo("BAD_ARGUMENTS: argument 'key' of keep is no String");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"to": "%s"}                                                      | argument 'amount' of transfer is missing (u128)
                    ["%s", 1, 2]                                                      | transfer takes 2 arguments (to: address, amount: u128), not 3
                    {"to": "%s", "amount": "many"}                                    | argument 'amount' of transfer: 'many' is no u128
                    {"to": "%s", "amount": -1}                                        | argument 'amount' of transfer: '-1' is no u128
                    {"to": "%s", "amount": "340282366920938463463374607431768211456"} | argument 'amount' of transfer: '340282366920938463463374607431768211456' is no u128
                    """)
    void what_cannot_be_translated_for_a_contract_is_named(String given, String sentence) {
        var arguments = JsonMapper.shared().readTree(given.formatted(BOB));

        assertThatThrownBy(() -> sandbox.interfaceAt(token).arguments("transfer", arguments))
                .isInstanceOf(BadValue.class)
                .hasMessage(sentence);
    }

    @Test
    void a_value_out_of_the_range_that_makes_sense_is_refused_with_the_range() {
        var dex = sandbox.deploy("dex", "dex", "{\"owner\": \"%s\"}".formatted(ALICE));

        assertThat(said(sandbox.refused(ALICE, dex, "set_fee", "[101]")))
                .isEqualTo("VALIDATION: the fee is at most 100 per mille");
    }

    @Test
    void an_overflow_is_refused_with_what_would_overflow() {
        assertThat(said(sandbox.refused(ALICE, token, "mint", to(BOB, MOST_U128))))
                .isEqualTo("MATH: the supply is too large");
        assertThat(sandbox.call(BOB, token, "total_supply", "").asString()).isEqualTo("1000");
    }

    /** Amounts have no sign: the bytes of minus one are the largest amount there is. */
    @Test
    void a_negative_amount_moves_nothing() {
        assertThat(sent(token, "transfer", BOB.bytes(), u128(MOST_U128)))
                .isEqualTo("RESOURCES: balance too low");
        assertThat(balance(ALICE)).isEqualTo("1000");
        assertThat(balance(BOB)).isEqualTo("0");
    }

    @Test
    void a_contract_that_calls_itself_is_told_which_and_with_what() {
        var answer =
                sandbox.call(
                        ALICE,
                        probe,
                        "ask",
                        "{\"to\": \"%s\", \"method\": \"look\", \"args\": \"\", \"value\": 0, \"gas\": 0}"
                                .formatted(probe));

        assertThat(answer.get("code").asInt()).isEqualTo(FailureKind.REENTRANCY.code() + 1);
        assertThat(answer.get("bytes").asString())
                .asString()
                .isEqualTo(
                        hex(
                                "%s is already at work in this call, and 'look' is not declared reentrant"
                                        .formatted(probe.abbreviated())));
    }

    @Test
    void a_value_is_written_up_to_its_limit_and_no_further() {
        sandbox.call(ALICE, probe, "store_large", "[131072]");

        assertThat(said(sandbox.refused(ALICE, probe, "store_large", "[131073]")))
                .isEqualTo("LIMIT_EXCEEDED: 131073 bytes in a value, the limit is 131072");
    }

    @Test
    void events_are_announced_up_to_their_limit_and_no_further() {
        var most = Sandbox.require(sandbox.send(ALICE, probe, "note", "[1024]"));

        assertThat(most.events()).hasSize(1024);
        assertThat(said(sandbox.refused(ALICE, probe, "note", "[1025]")))
                .isEqualTo("LIMIT_EXCEEDED: more than 1024 events in one call");
    }

    /** There is no way to name it: the same key at another address is another place. */
    @Test
    void another_contracts_storage_cannot_even_be_named() {
        var other = sandbox.deploy("probe", "other", "");
        sandbox.call(ALICE, other, "keep", "{\"key\": \"secret\", \"value\": \"2a\"}");

        assertThat(sandbox.call(ALICE, probe, "kept", "[\"secret\"]").isNull()).isTrue();
        assertThat(sandbox.call(ALICE, other, "kept", "[\"secret\"]").asString()).isEqualTo("2a");
        assertThat(sandbox.call(ALICE, probe, "forget", "[\"secret\"]").asBoolean()).isFalse();
    }

    private String sent(Address to, String method, byte[]... arguments) {
        var bytes = ByteBuffer.allocate(512);
        for (var argument : arguments) {
            bytes.put(argument);
        }
        var given = new byte[bytes.flip().remaining()];
        bytes.get(given);
        return said(Sandbox.failure(sandbox.send(ALICE, to, method, given, 0, Sandbox.PLENTY)));
    }

    private static String said(Outcome.Failed failed) {
        return failed.kind() + ": " + failed.message();
    }

    private String balance(Address of) {
        return sandbox.call(BOB, token, "balance_of", "[\"%s\"]".formatted(of)).asString();
    }

    private static String tokenOf(Address owner) {
        return "[\"Silver\", \"SLV\", 0, 1, \"%s\"]".formatted(owner);
    }

    private static String to(Address to, BigInteger amount) {
        return "{\"to\": \"%s\", \"amount\": \"%s\"}".formatted(to, amount);
    }

    private static byte[] u128(BigInteger number) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number.longValue())
                .putLong(number.shiftRight(Long.SIZE).longValue())
                .array();
    }

    private static byte[] text(String text) {
        return list(text.getBytes(UTF_8));
    }

    private static byte[] list(byte... bytes) {
        return ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    private static String hex(String sentence) {
        return HexFormat.of().formatHex(sentence.getBytes(UTF_8));
    }
}
