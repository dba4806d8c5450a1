package io.xwasm.agent.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.protocol.AccountKey;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.AgentCommand;
import io.xwasm.agent.protocol.AgentEvent;
import io.xwasm.agent.protocol.Ask;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.Genesis;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.Reply;
import io.xwasm.agent.protocol.SignedCall;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole agent on free ports, in a group of one, linked to a control plane that a test plays. */
class AgentTest {
    private static final GroupId MAIN = new GroupId("main");
    private static final NodeId NODE = new NodeId("node-1");
    private static final Address ALICE = AccountKey.generate().address();

    private final AccountKey fleet = AccountKey.generate();
    private final Genesis genesis = new Genesis(MAIN, fleet.address(), Genesis.DEFAULT_SUPPLY);
    private final UUID metadata = UUID.randomUUID();
    private final HttpClient http = HttpClient.newHttpClient();
    private ScriptedControlPlane controlPlane;
    private AgentConfig config;
    private Agent agent;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        controlPlane = new ScriptedControlPlane();
        config =
                new AgentConfig(
                        NODE,
                        new AgentConfig.Address("127.0.0.1", 0),
                        new AgentConfig.Address("127.0.0.1", 0),
                        folder.resolve("data"),
                        controlPlane.address(),
                        Files.writeString(folder.resolve("token"), ScriptedControlPlane.TOKEN));
        agent = Agent.start(config, InstantSource.system());
        controlPlane.await(AgentEvent.Hello.class, _ -> true);
    }

    @AfterEach
    void stop() throws Exception {
        agent.close();
        controlPlane.close();
        http.close();
    }

    @Test
    @Timeout(30)
    void a_control_plane_that_hangs_does_not_keep_the_agent_from_starting(@TempDir Path folder)
            throws Exception {
        // Takes connections, and never answers any.
        try (var hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var other =
                    new AgentConfig(
                            new NodeId("node-2"),
                            config.http(),
                            config.replication(),
                            folder.resolve("data-2"),
                            URI.create("http://127.0.0.1:" + hanging.getLocalPort()),
                            config.tokenFile());
            try (var started = Agent.start(other, InstantSource.system())) {
                assertThat(started.api()).isNotEmpty();
            }
        }
    }

    private AgentEvent.Hello host() throws Exception {
        controlPlane.tell(new AgentCommand.Host(genesis));
        return controlPlane.await(AgentEvent.Hello.class, hello -> !hello.groups().isEmpty());
    }

    /** Makes the agent the primary of its group in this epoch. */
    private void lead(AgentEvent.Hello hello, long epoch) throws Exception {
        Incarnation incarnation = hello.groups().getFirst().incarnation();
        controlPlane.tell(
                new AgentCommand.Configure(
                        new Configuration(
                                MAIN,
                                metadata,
                                new Epoch(epoch),
                                incarnation,
                                List.of(
                                        new Member(
                                                incarnation,
                                                NODE,
                                                hello.replication(),
                                                hello.api())),
                                new TreeSet<>(List.of(incarnation)),
                                1,
                                0,
                                epoch)));
        controlPlane.await(
                AgentEvent.RoleTaken.class, taken -> taken.epoch().equals(new Epoch(epoch)));
    }

    private SignedCall transfer(long nonce) {
        return SignedCall.sign(
                fleet,
                MAIN,
                nonce,
                Address.SYSTEM,
                "transfer",
                ALICE.bytes(),
                BigInteger.valueOf(7),
                10_000_000,
                InstantSource.system().millis() + 600_000);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(agent.api() + path)));
    }

    private HttpResponse<String> post(SignedCall call) throws Exception {
        return send(
                HttpRequest.newBuilder(URI.create(agent.api() + "/v1/calls"))
                        .POST(BodyPublishers.ofByteArray(call.toBytes())));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(Json.MAPPER.readTree(answer.body()).get("type").asString()).endsWith(type);
    }

    @Test
    void an_agent_without_a_ledger_lives_and_says_what_it_lacks() throws Exception {
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertProblem(get("/v1/ledger"), 503, "no-ledger");
        assertProblem(post(transfer(0)), 404, "unknown-group");
    }

    @Test
    void it_hosts_what_it_is_told_and_serves_when_it_leads() throws Exception {
        var hello = host();
        assertProblem(post(transfer(0)), 503, "no-primary");

        lead(hello, 1);

        var answer = post(transfer(0));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var account = Json.MAPPER.readTree(get("/v1/accounts/" + ALICE).body());
        assertThat(account.get("balance").asString()).isEqualTo("7");
        assertProblem(get("/v1/ledger?group=other"), 404, "unknown-group");
        assertProblem(get("/v1/ledger?group=-"), 400, "malformed-name");
        assertProblem(get("/v1/contracts/nothing"), 404, "unknown-contract");
        assertProblem(get("/v1/contracts/-"), 400, "malformed-name");
    }

    @Test
    void after_a_restart_it_waits_for_a_new_epoch_and_gives_the_first_receipt_again()
            throws Exception {
        lead(host(), 1);
        var call = transfer(0);
        var first = post(call).body();
        agent.close();

        agent = Agent.start(config, InstantSource.system());
        var hello =
                controlPlane.await(
                        AgentEvent.Hello.class,
                        h -> h.groups().stream().anyMatch(g -> g.needsEpoch()));
        assertProblem(post(call), 503, "no-primary");

        lead(hello, 2);
        assertThat(post(call).body()).isEqualTo(first);
    }

    @Test
    void it_answers_what_the_control_plane_asks() throws Exception {
        assertThat(controlPlane.ask(new Ask.Hearing(MAIN)))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.kind()).isEqualTo("not_hosted"));
        lead(host(), 1);

        var reply = controlPlane.ask(new Ask.Submit(MAIN, transfer(0).toBytes()));
        assertThat(reply).isInstanceOf(Reply.Submitted.class);
        assertThat(Receipt.parse(((Reply.Submitted) reply).receipt()).height()).isEqualTo(1);
        assertThat(controlPlane.ask(new Ask.Submit(MAIN, new byte[] {1})))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.kind()).isEqualTo("bad_call"));
        assertThat(controlPlane.ask(new Ask.CountCalls(MAIN, 0, null)))
                .isEqualTo(new Reply.CallsCounted(1, 1, true));
        assertThat(controlPlane.ask(new Ask.Drain(MAIN, new Epoch(9), 100)))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.kind()).isEqualTo("not_primary"));
        assertThat(controlPlane.ask(new Ask.DescribeContract(MAIN, ALICE)))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.kind()).isEqualTo("unknown_contract"));
    }

    @Test
    void a_command_that_it_does_not_understand_leaves_the_link_as_it_is() throws Exception {
        controlPlane.write("{\"command\": \"dance\"}");
        controlPlane.write("no JSON");

        assertThat(host().node()).isEqualTo(NODE);
    }

    @Test
    void it_dials_again_when_the_link_breaks_and_beats_each_second() throws Exception {
        host();
        int before = controlPlane.heard(AgentEvent.Hello.class).size();

        controlPlane.hangUp();

        Eventually.holds(
                "a new hello", () -> controlPlane.heard(AgentEvent.Hello.class).size() > before);
        var hello = controlPlane.heard(AgentEvent.Hello.class).getLast();
        assertThat(hello.groups()).hasSize(1);
        int beats = controlPlane.heard(AgentEvent.Heartbeat.class).size();
        Eventually.holds(
                "two heartbeats",
                () -> controlPlane.heard(AgentEvent.Heartbeat.class).size() >= beats + 2);
    }

    @Test
    void a_refused_token_is_tried_again_and_read_anew() throws Exception {
        agent.close();
        Files.writeString(config.tokenFile(), "another token");
        int before = controlPlane.refused();

        agent = Agent.start(config, InstantSource.system());

        Eventually.holds("two refusals", () -> controlPlane.refused() >= before + 2);
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        int hellos = controlPlane.heard(AgentEvent.Hello.class).size();
        Files.writeString(config.tokenFile(), ScriptedControlPlane.TOKEN);
        Eventually.holds(
                "the hello", () -> controlPlane.heard(AgentEvent.Hello.class).size() > hellos);
    }

    @Test
    void calls_are_measured_and_callers_make_up_no_labels() throws Exception {
        lead(host(), 1);
        var _ = post(transfer(0));
        for (int nonce = 1; nonce <= 3; nonce++) {
            var _ =
                    post(
                            SignedCall.sign(
                                    fleet,
                                    MAIN,
                                    nonce,
                                    Address.ofContract(MAIN, "made-up-" + nonce),
                                    "dance" + nonce,
                                    new byte[0],
                                    BigInteger.ZERO,
                                    10_000_000,
                                    InstantSource.system().millis() + 600_000));
        }

        var metrics = get("/metrics").body();

        assertThat(metrics)
                .contains("xwasm_ledger_height{group=\"main\"} 4.0")
                .contains("method=\"transfer\"")
                .contains("error_type=\"unknown_contract\"")
                .doesNotContain("dance")
                .doesNotContain(Address.ofContract(MAIN, "made-up-1").toString());
        controlPlane.await(
                AgentEvent.Measured.class,
                measured -> measured.calls().stream().anyMatch(c -> c.method().equals("transfer")));
    }

    @Test
    void the_metrics_pass_promtools_check() throws Exception {
        lead(host(), 1);
        var _ = post(transfer(0));
        var process =
                new ProcessBuilder("promtool", "check", "metrics")
                        .redirectErrorStream(true)
                        .start();
        try (var in = process.getOutputStream()) {
            in.write(get("/metrics").body().getBytes(UTF_8));
        }
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(said).isEmpty();
        assertThat(process.exitValue()).isZero();
    }
}
