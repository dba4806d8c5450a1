package io.xwasm.deploy.systemtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.protocol.AccountKey;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.deploy.bench.BenchFleet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What callers get wrong, at a real agent and on a real command line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadCallTest {
    private static final Address TOKEN = Address.ofContract(BenchFleet.GROUP, "token");
    private static final byte[] NOTHING = {};
    private static final long GAS = 10_000_000;

    private final AccountKey key = AccountKey.generate();
    private final Http http = new Http();
    private Path scratch;
    private BenchFleet fleet;
    private Cli cli;
    private URI primary;
    private long nonce;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        scratch = Files.createDirectory(temporary.resolve("scratch"));
        var folder = temporary.resolve("fleet");
        fleet = BenchFleet.start(BenchFleet.home(), folder, 18_800, List.of());
        cli = new Cli(folder, scratch);
        Eventually.holds("token and dex are there", () -> fleet.client().status().contracts() == 2);
        primary =
                URI.create(
                        Objects.requireNonNull(
                                fleet.client().group(BenchFleet.GROUP).primaryApi()));
    }

    @AfterAll
    void stop() throws IOException {
        http.close();
        fleet.close();
    }

    /** Whatever was tried: every node is in sync and well afterwards. */
    @AfterEach
    void the_fleet_is_as_before() throws IOException {
        var group = fleet.await("all in sync", g -> g.serving() && g.inSync().size() == 3);
        assertThat(group.epoch()).isEqualTo(1);
    }

    @Test
    void bytes_that_are_no_call_are_malformed() throws Exception {
        for (var body : List.of("", "hello", "xwasm call 1\0", "\0".repeat(500))) {
            assertProblem(post(body.getBytes(UTF_8)), 400, "malformed-call");
        }
        var call = call(TOKEN, "total_supply", NOTHING, nonce, GAS).toBytes();
        assertProblem(post(Arrays.copyOf(call, call.length - 1)), 400, "malformed-call");
        assertProblem(post(Arrays.copyOf(call, call.length + 1)), 400, "malformed-call");
    }

    @Test
    void a_wrong_signature_is_refused() throws Exception {
        var call = call(TOKEN, "total_supply", NOTHING, nonce, GAS).toBytes();
        call[call.length - 1] ^= 1;

        assertProblem(post(call), 403, "wrong-signature");
    }

    @Test
    void a_gas_limit_of_0_is_refused() throws Exception {
        var call = call(TOKEN, "total_supply", NOTHING, nonce, GAS).toBytes();
        int end = call.length - SignedCall.SIGNATURE_LENGTH - Long.BYTES;
        Arrays.fill(call, end - Long.BYTES, end, (byte) 0);

        assertProblem(post(call), 400, "malformed-call");
        assertThat(post(call).body()).contains("a gas limit is at least 1, was 0");
        cli.run("contracts", "call", "token", "burn", "{\"amount\": 1}", "--gas-limit", "0")
                .isRefused("--gas-limit is at least 1, was 0");
    }

    @Test
    void another_group_or_an_expired_call_is_refused() throws Exception {
        var elsewhere =
                SignedCall.sign(
                        key,
                        new io.xwasm.agent.protocol.GroupId("other"),
                        nonce,
                        TOKEN,
                        "burn",
                        NOTHING,
                        BigInteger.ZERO,
                        GAS,
                        soon());
        assertProblem(post(elsewhere.toBytes()), 404, "unknown-group");
        var late =
                SignedCall.sign(
                        key,
                        BenchFleet.GROUP,
                        nonce,
                        TOKEN,
                        "burn",
                        NOTHING,
                        BigInteger.ZERO,
                        GAS,
                        1_000);
        assertThat(post(late.toBytes()).status()).isEqualTo(422);
    }

    @Test
    void unknown_contracts_and_methods_are_named() throws Exception {
        var nobody = Address.ofContract(BenchFleet.GROUP, "nobody");
        var contract = post(call(nobody, "burn", NOTHING, nonce++, GAS).toBytes());
        assertThat(contract.status()).isEqualTo(200);
        assertThat(contract.json().at("/failure/kind").asString()).isEqualTo("unknown_contract");
        var method = post(call(TOKEN, "steal", NOTHING, nonce++, GAS).toBytes());
        assertThat(method.status()).isEqualTo(200);
        assertThat(method.json().at("/failure/kind").asString()).isEqualTo("unknown_method");
        assertThat(method.json().at("/failure/message").asString()).contains("steal");

        cli.run("contracts", "call", "nobody", "burn", "{}").isRefused("nobody");
        cli.run("contracts", "call", "token", "steal", "{}").isRefused("steal");
        cli.run("contracts", "query", "token", "steal", "{}").isRefused("steal");
        assertProblem(http.get(primary.resolve("/v1/contracts/nobody")), 404, "unknown-contract");
    }

    @Test
    void the_same_call_twice_gets_the_first_receipt_and_its_nonce_is_used() throws Exception {
        long used = nonce++;
        var call = call(TOKEN, "approve", allowance(1), used, GAS).toBytes();
        var first = post(call);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.json().path("failure").isNull()).isTrue();

        assertThat(post(call).body()).isEqualTo(first.body());
        var other = call(TOKEN, "approve", allowance(2), used, GAS).toBytes();
        assertProblem(post(other), 409, "nonce-used");
        assertThat(post(call).body()).isEqualTo(first.body());
        var receipt = "/v1/receipts/" + first.json().path("call").asString();
        assertThat(http.get(primary.resolve(receipt)).body()).isEqualTo(first.body());
    }

    @Test
    void gas_ends_an_endless_loop_and_the_block_goes_on() throws Exception {
        cli.run("contracts", "deploy", "probe", "--code", cli.module("probe"), "--wait").succeeds();

        var looped = cli.run("contracts", "call", "probe", "spin", "--gas-limit", "5000000");

        assertThat(looped.exitCode()).isEqualTo(1);
        assertThat(looped.err()).contains("probe.spin failed", "out_of_gas");
        var before = post(call(TOKEN, "approve", allowance(3), nonce++, GAS).toBytes());
        assertThat(before.json().path("failure").isNull()).isTrue();
        cli.run("contracts", "query", "probe", "spin").isRefused("probe.spin");
    }

    @Test
    void arguments_of_the_wrong_type_are_named_before_anything_is_sent() throws Exception {
        for (var arguments :
                List.of(
                        "{\"to\": 5, \"amount\": 5}",
                        "{\"to\": \"xyz\", \"amount\": 5}",
                        "[5, 5]")) {
            var ran = cli.run("contracts", "call", "token", "transfer", arguments);
            ran.isRefused("to");
            assertThat(ran.exitCode()).isEqualTo(2);
        }
        var to = "b0".repeat(32);
        for (var amount : List.of("-1", "\"many\"", "1.5", "true", "null")) {
            cli.run(
                            "contracts",
                            "call",
                            "token",
                            "transfer",
                            "{\"to\": \"%s\", \"amount\": %s}".formatted(to, amount))
                    .isRefused("amount");
        }
        cli.run("contracts", "call", "token", "transfer", "{\"to\": ").isRefused("JSON");
        cli.run("contracts", "call", "token", "transfer", "{\"whom\": \"x\"}").isRefused();
        cli.run("contracts", "call", "token", "burn", "{\"amount\": 1}", "--as", "nobody")
                .isRefused("nobody");
        // Bytes that are no arguments reach the contract, which refuses them.
        var garbled = post(call(TOKEN, "transfer", new byte[] {1, 2}, nonce++, GAS).toBytes());
        assertThat(garbled.json().path("failure").isNull()).isFalse();
    }

    @Test
    void a_body_above_the_limit_is_too_large() throws Exception {
        assertProblem(post(new byte[2 << 20]), 413, "too-large");
    }

    @Test
    void other_requests_that_make_no_sense_are_refused_in_words() throws Exception {
        assertProblem(http.get(primary.resolve("/v1/nonsense")), 404, "unknown-path");
        assertProblem(
                http.send("DELETE", primary.resolve("/v1/calls"), Map.of(), NOTHING),
                405,
                "wrong-method");
        for (var query : List.of("", "{", "[]", "{\"contract\": \"x\"}")) {
            assertProblem(
                    http.send(
                            "POST",
                            primary.resolve("/v1/queries"),
                            Map.of(),
                            query.getBytes(UTF_8)),
                    400,
                    "malformed-query");
        }
        assertProblem(http.get(primary.resolve("/v1/receipts/xyz")), 400, "malformed-hash");
        assertProblem(
                http.get(primary.resolve("/v1/receipts/" + "0".repeat(64))), 404, "unknown-call");
        assertProblem(http.get(primary.resolve("/v1/accounts/xyz")), 400, "malformed-address");
    }

    @Test
    void a_standby_names_the_primary() throws Exception {
        var standby =
                fleet.agents().stream().filter(a -> !a.equals(primary)).findFirst().orElseThrow();
        var call = call(TOKEN, "approve", allowance(4), nonce, GAS).toBytes();

        var answer = http.send("POST", standby.resolve("/v1/calls"), Map.of(), call);

        assertThat(answer.status()).isEqualTo(307);
        assertThat(answer.headers().get("location"))
                .isEqualTo(primary.resolve("/v1/calls").toString());
    }

    @Test
    void modules_that_may_not_run_are_refused_with_the_reason() throws Exception {
        var probe = ShippedContracts.code("probe");
        var large = new ByteArrayOutputStream();
        large.writeBytes(probe);
        large.writeBytes(new byte[2 << 20]);
        var modules =
                Map.of(
                        "empty", NOTHING,
                        "truncated", Arrays.copyOf(probe, probe.length / 2),
                        "text", "(module)".getBytes(UTF_8),
                        "floats", withFloats(probe),
                        "unknown import", withUnknownImport(probe),
                        "too large", large.toByteArray());
        var words =
                Map.of(
                        "empty", "empty",
                        "truncated", "",
                        "text", "",
                        "floats", "floating-point",
                        "unknown import", "is unknown",
                        "too large", "");
        for (var module : modules.entrySet()) {
            var file = cli.file(module.getKey() + ".wasm", module.getValue());
            var ran = cli.run("contracts", "deploy", "bad", "--code", file, "--wait");
            System.out.printf("%s: %s", module.getKey(), ran.err());
            ran.isRefused(Objects.requireNonNull(words.get(module.getKey())));
        }
        cli.run("contracts", "deploy", "bad", "--code", scratch.resolve("none").toString())
                .isRefused("there is no file");
        cli.run("contracts", "upgrade", "token", "--code", "0".repeat(64)).isRefused("000000");
        assertThat(cli.json("contracts", "list").path("items"))
                .noneSatisfy(c -> assertThat(c.path("name").asString()).isEqualTo("bad"));
    }

    @Test
    void a_configuration_has_all_its_mistakes_named_at_once() throws Exception {
        var wrong =
                Files.writeString(
                        scratch.resolve("wrong.yaml"),
                        """
                        nodee: node-1
                        http: {bind: 0.0.0.0, port: 99999}
                        replication: {bind: 127.0.0.1, port: 18899}
                        data: {directory: %s}
                        """
                                .formatted(scratch));
        for (var program : List.of("xwasm-agent", "xwasm-control-plane", "xwasm-console")) {
            var out = Files.createTempFile(scratch, program, "");
            var builder =
                    new ProcessBuilder(
                                    BenchFleet.home().resolve("bin").resolve(program).toString(),
                                    "--config",
                                    wrong.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(out.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            var process = builder.start();
            try {
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(program + " ends").isTrue();
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.exitValue()).as(program).isNotZero();
            assertThat(Files.readString(out))
                    .as(program)
                    .contains("nodee", "http.bind", "http.port")
                    .doesNotContain("\tat ");
        }
    }

    private static byte[] withFloats(byte[] module) {
        var changed = module.clone();
        // The first type is in the first section: (func) 0x60, its parameters, its results.
        int at = 8;
        while (changed[at] != 0x60 || changed[at + 1] == 0) {
            at++;
        }
        changed[at + 2] = 0x7C;
        return changed;
    }

    private static byte[] withUnknownImport(byte[] module) {
        var changed = module.clone();
        int at = 8;
        while (!new String(changed, at, 5, UTF_8).equals("xwasm")) {
            at++;
        }
        changed[at + 6] = 'Q';
        return changed;
    }

    private static byte[] allowance(long amount) {
        return java.nio.ByteBuffer.allocate(48)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .put(TOKEN.bytes())
                .putLong(amount)
                .putLong(0)
                .array();
    }

    private SignedCall call(Address to, String method, byte[] arguments, long nonce, long gas) {
        return SignedCall.sign(
                key, BenchFleet.GROUP, nonce, to, method, arguments, BigInteger.ZERO, gas, soon());
    }

    private static long soon() {
        return Instant.now().plus(Duration.ofMinutes(2)).toEpochMilli();
    }

    private Http.Answer post(byte[] call) throws IOException {
        return http.send("POST", primary.resolve("/v1/calls"), Map.of(), call);
    }

    private static void assertProblem(Http.Answer answer, int status, String kind) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/" + kind);
        assertThat(answer.json().path("detail").asString()).isNotBlank();
    }
}
