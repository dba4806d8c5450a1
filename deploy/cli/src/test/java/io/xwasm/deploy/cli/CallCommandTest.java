package io.xwasm.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Signatures;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.deploy.cli.agent.FakeHttp;
import io.xwasm.deploy.cli.agent.FakeHttp.Said;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallCommandTest {
    private static final Address TOKEN = Address.ofContract(new GroupId("main"), "token");

    @TempDir Path folder;
    private FakeHttp agent;
    private Shell shell;
    private Keystore keys;

    @BeforeEach
    void start() throws Exception {
        keys = new Keystore(folder.resolve("keys"));
        var account = keys.require(Keystore.DEFAULT).address();
        agent =
                new FakeHttp()
                        .on("GET /v1/contracts/token", contract())
                        .on("GET /v1/ledger", ledger())
                        .on(
                                "GET /v1/accounts/" + account,
                                "{\"address\":\"%s\",\"balance\":\"5\",\"nextNonce\":3}"
                                        .formatted(account))
                        .on(
                                "POST /v1/calls",
                                heard -> Said.ok(receipt(heard.body(), "null", "05000000")));
        shell = new Shell(folder);
    }

    @AfterEach
    void stop() {
        agent.close();
    }

    @Test
    void a_call_is_signed_here_and_its_result_translated() {
        var ran =
                call(
                        "mint",
                        "{\"to\": \"%s\", \"amount\": \"7\"}".formatted(TOKEN),
                        "--value",
                        "9");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("is in block 4 at position 0, 77 gas used.")
                .contains("result: 5");

        var sent = SignedCall.parse(agent.heard("POST /v1/calls").getFirst().body());
        assertThat(Signatures.verify(sent)).isTrue();
        assertThat(sent.sender()).isEqualTo(keys.require(Keystore.DEFAULT).address());
        assertThat(sent.group()).isEqualTo(new GroupId("main"));
        assertThat(sent.nonce()).isEqualTo(3);
        assertThat(sent.contract()).isEqualTo(TOKEN);
        assertThat(sent.value()).isEqualTo(BigInteger.valueOf(9));
        assertThat(sent.gasLimit()).isEqualTo(10_000_000);
        assertThat(sent.arguments())
                .hasSize(32 + 16)
                .contains(7, org.assertj.core.data.Index.atIndex(32));
        assertThat(sent.expiresAtMillis()).isEqualTo(Shell.NOW.toEpochMilli() + 60_000);
    }

    @Test
    void json_holds_the_whole_receipt() {
        var json = call("mint", "[\"%s\", 7]".formatted(TOKEN), "--json").json();
        assertThat(json.path("result").asInt()).isEqualTo(5);
        assertThat(json.path("height").asInt()).isEqualTo(4);
        assertThat(json.path("gasUsed").asInt()).isEqualTo(77);
        assertThat(json.path("failure").isNull()).isTrue();
        assertThat(json.at("/events/0/data/amount").asString()).isEqualTo("7");
    }

    @Test
    void a_call_that_fails_is_exit_code_1_with_its_reason() {
        agent.on(
                "POST /v1/calls",
                heard ->
                        Said.ok(
                                receipt(
                                        heard.body(),
                                        "{\"kind\":\"out_of_gas\",\"message\":\"the gas limit of 5 is used up\"}",
                                        "")));
        var ran = call("mint", "[\"%s\", 7]".formatted(TOKEN), "--gas-limit", "5");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .isEqualTo(
                        "xwasm: token.mint failed: the gas limit of 5 is used up (out_of_gas)\n");
        assertThat(ran.out()).contains("is in block 4");
    }

    @Test
    void what_does_not_fit_the_interface_is_named_and_not_sent() {
        assertThat(call("burn", "{}").err()).isEqualTo("xwasm: token has no method burn\n");
        assertThat(call("mint", "{\"to\": \"me\", \"amount\": 1}").err())
                .contains("argument 'to' of mint")
                .contains("'me' is no address");
        assertThat(call("mint", "{\"to\": \"%s\", \"amount\": -1}".formatted(TOKEN)).err())
                .contains("argument 'amount' of mint")
                .contains("'-1' is no u128");
        assertThat(call("mint", "{\"tu\": 1}").err()).contains("mint has no argument 'tu'");
        assertThat(call("mint", "{not json").err()).contains("the arguments are no JSON");
        assertThat(call("mint", "[]", "--gas-limit", "0").err())
                .contains("--gas-limit is at least 1, was 0");
        assertThat(call("mint", "[]", "--as", "nobody").err())
                .contains("there is no account 'nobody' here");
        assertThat(call("mint", "[]", "--gas-limit", "0").code()).isEqualTo(2);
        assertThat(agent.heard("POST /v1/calls")).isEmpty();
    }

    @Test
    void an_unknown_contract_keeps_the_agents_sentence() {
        agent.on("GET /v1/contracts/gold", _ -> Said.problem(404, "there is no contract gold"));
        var ran =
                shell.run(
                        "contracts", "call", "gold", "mint", "--agent", agent.address().toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).isEqualTo("xwasm: there is no contract gold\n");
    }

    @Test
    void a_nonce_that_another_call_took_is_replaced_by_the_next() {
        var attempts = new AtomicInteger();
        agent.on(
                "POST /v1/calls",
                heard ->
                        attempts.incrementAndGet() < 3
                                ? Said.problem(409, "nonce 3 is used")
                                : Said.ok(receipt(heard.body(), "null", "05000000")));
        assertThat(call("mint", "[\"%s\", 7]".formatted(TOKEN)).code()).isZero();
        assertThat(attempts.get()).isEqualTo(3);
    }

    @Test
    void a_query_signs_nothing() {
        agent.on(
                "POST /v1/queries",
                "{\"result\":\"05000000\",\"failure\":null,\"gasUsed\":3,\"height\":5}");
        var ran =
                shell.run(
                        "contracts",
                        "query",
                        "token",
                        "decimals",
                        "--agent",
                        agent.address().toString());
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).isEqualTo("5\n");
        assertThat(agent.heard("POST /v1/queries").getFirst().text())
                .contains("\"contract\":\"%s\"".formatted(TOKEN))
                .contains("\"method\":\"decimals\"");
    }

    @Test
    void calls_go_on_while_the_control_plane_is_down() throws Exception {
        new DevFleet(
                        java.net.URI.create("http://127.0.0.1:1"),
                        java.net.URI.create("http://127.0.0.1:1"),
                        java.nio.file.Files.writeString(folder.resolve("token"), "t").toString(),
                        new DevFleet.ControlPlane(1),
                        java.util.List.of(
                                new DevFleet.Agent(
                                        new io.xwasm.agent.protocol.NodeId("node-1"),
                                        2,
                                        agent.address())))
                .write(folder);
        var ran = shell.run("contracts", "call", "token", "mint", "[\"%s\", 7]".formatted(TOKEN));
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
    }

    private Shell.Ran call(String method, String arguments, String... more) {
        var line = new java.util.ArrayList<String>();
        line.addAll(
                java.util.List.of(
                        "contracts",
                        "call",
                        "token",
                        method,
                        arguments,
                        "--agent",
                        agent.address().toString()));
        line.addAll(java.util.List.of(more));
        return shell.run(line.toArray(String[]::new));
    }

    private static String contract() {
        return """
        {"name":"token","address":"%s","code":"%s","implementation":null,"height":4,
         "interface":{"name":"token","version":"1.0.0","stateSchema":1,"methods":[
          {"name":"mint","args":[{"name":"to","type":"address"},{"name":"amount","type":"u128"}],"returns":"u32","payable":true,"query":false},
          {"name":"decimals","args":[],"returns":"u32","payable":false,"query":true}],
          "events":[{"name":"Minted","fields":[{"name":"amount","type":"u64"}]}],"types":[],"errors":[]}}
        """
                .formatted(TOKEN, CodeHash.ofCode(new byte[0]));
    }

    private static String ledger() {
        return """
        {"group":"main","incarnation":"00000000-0000-0001-0000-000000000001","role":"PRIMARY",
         "serving":true,"epoch":1,"version":1,"lastBlockEpoch":1,"height":4,"hash":"%s","committed":4,
         "executed":4,"root":"%s","oldestUncommittedMillis":0,"lagMillis":0,"walSyncs":1,
         "blocksWritten":1,"primaryHeardMillis":0,"openMillis":0,"quarantined":false,"sentence":null}
        """
                .formatted(Hash.ZERO, Hash.ZERO);
    }

    private static String receipt(byte[] call, String failure, String result) {
        var events =
                failure.equals("null")
                        ? "[{\"contract\":\"%s\",\"topic\":\"Minted\",\"data\":\"0700000000000000\"}]"
                                .formatted(TOKEN)
                        : "[]";
        return "{\"call\":\"%s\",\"height\":4,\"position\":0,\"gasUsed\":77,\"failure\":%s,\"result\":\"%s\",\"events\":%s}"
                .formatted(SignedCall.parse(call).hash(), failure, result, events);
    }
}
