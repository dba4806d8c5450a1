package io.xwasm.controlplane;

import static io.xwasm.controlplane.RunningControlPlane.MAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.Json;
import io.xwasm.controlplane.api.AlertRule;
import io.xwasm.controlplane.api.ControlPlaneClient;
import io.xwasm.controlplane.api.FailoverPolicy;
import io.xwasm.controlplane.api.Login;
import io.xwasm.controlplane.api.RequestRefused;
import io.xwasm.controlplane.api.Role;
import io.xwasm.controlplane.api.RollbackContract;
import io.xwasm.controlplane.api.Strategy;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiTest {
    @TempDir static Path folder;
    static RunningControlPlane running;

    @BeforeAll
    static void start() {
        running = new RunningControlPlane(folder);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void a_person_signs_in_sees_who_they_are_and_signs_out() {
        var session =
                new ControlPlaneClient(running.address, null)
                        .login(new Login("admin", RunningControlPlane.PASSWORD));
        var client = running.operator.as(session.token());
        assertThat(client.me().name()).isEqualTo("admin");
        client.logout();
        assertThatThrownBy(client::me).isInstanceOf(RequestRefused.class);
    }

    @Test
    void too_many_wrong_passwords_are_slowed_down() {
        var client = new ControlPlaneClient(running.address, null);
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> client.login(new Login("guessed", "wrong password")))
                    .hasMessageContaining("there is no user 'guessed' with this password");
        }
        assertThatThrownBy(() -> client.login(new Login("guessed", "wrong password")))
                .hasMessageContaining("try again in a minute");
    }

    @Test
    void a_viewer_who_tries_to_upgrade_is_refused_and_audited() {
        var viewer = running.operator.as(running.tokenOf(Role.VIEWER, null));
        assertThatThrownBy(() ->
                        viewer.rollback(new ContractName("token"), new RollbackContract(null)))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("needs role operator");
        var entry = running.operator.audit(null, 1).items().getFirst();
        assertThat(entry.action()).isEqualTo("contracts.rollback");
        assertThat(entry.outcome()).isEqualTo("refused");
        assertThat(entry.status()).isEqualTo(403);
        assertThat(entry.actor()).contains("VIEWER of a test");
    }

    @Test
    void an_expired_token_is_told_so() {
        var token = running.tokenOf(Role.VIEWER, 60L);
        running.clock.advance(Duration.ofSeconds(61));
        var answer = running.send("GET", "/api/v1/me", token, "");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body().path("type").asString()).isEqualTo("/problems/expired-token");
        assertThat(answer.body().path("detail").asString()).contains("expired at");
    }

    @Test
    void the_same_post_under_the_same_key_is_done_once() {
        var body = "{\"name\":\"once\"}";
        var first = post("/api/v1/tokens", body, "Idempotency-Key", "key-1");
        var second = post("/api/v1/tokens", body, "Idempotency-Key", "key-1");
        var other = post("/api/v1/tokens", "{\"name\":\"other\"}", "Idempotency-Key", "key-1");
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.body().path("type").asString()).isEqualTo("/problems/key-reused");
        assertThat(running.operator.tokens(null, 500).items())
                .filteredOn(t -> t.name().equals("once"))
                .hasSize(1);
    }

    @Test
    void a_change_that_is_based_on_an_older_version_is_refused() {
        var policy = new FailoverPolicy(Strategy.MANUAL, 3, 0, 0);
        var set = running.operator.setPolicy(MAIN, policy, 0L);
        assertThat(set.version()).isEqualTo(1);
        assertThatThrownBy(() -> running.operator.setPolicy(MAIN, policy, 0L))
                .isInstanceOfSatisfying(
                        RequestRefused.class, e -> assertThat(e.problem().status()).isEqualTo(412));
        var rule = rule();
        assertThatThrownBy(() -> running.operator.setRule(rule, rule.version() + 5))
                .isInstanceOfSatisfying(
                        RequestRefused.class, e -> assertThat(e.problem().status()).isEqualTo(412));
    }

    private static AlertRule rule() {
        return running.operator.rules(null, 1).items().getFirst();
    }

    @Test
    void malformed_json_is_told_where() {
        var answer = post("/api/v1/users", "{\"name\": \"x\",,}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("detail").asString()).contains("line 1, column 14");
    }

    @Test
    void unknown_and_missing_fields_are_named() {
        assertThat(post("/api/v1/users", "{\"nmae\": \"x\"}").body().path("detail").asString())
                .contains("'nmae'");
        assertThat(post("/api/v1/users", "{\"name\": \"x\"}").body().path("detail").asString())
                .contains("lacks password, role");
    }

    @Test
    void a_body_above_the_limit_is_refused_and_audited() {
        var answer = post("/api/v1/users", "x".repeat(70_000));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body().path("type").asString()).isEqualTo("/problems/too-large");
        assertThat(running.operator.audit(null, 1).items().getFirst().status()).isEqualTo(413);
    }

    @Test
    void code_that_is_no_module_is_refused_with_the_reason() {
        assertThat(upload(new byte[0])).contains("empty");
        assertThat(upload(new byte[] {1, 2, 3})).contains("no WebAssembly module");
        assertThat(upload(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 1, 9})).contains("cut short");
        assertThat(upload(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0})).contains("xwasm.abi");
        assertThat(upload(new byte[(1 << 20) + 1])).contains("at most 1,048,576");
    }

    private static String upload(byte[] wasm) {
        var answer =
                running.send(
                        HttpRequest.newBuilder(running.address.resolve("/api/v1/code"))
                                .header("Authorization", "Bearer " + running.token)
                                .header("Content-Type", "application/wasm")
                                .POST(BodyPublishers.ofByteArray(wasm))
                                .build());
        assertThat(answer.status()).isEqualTo(422);
        return answer.body().path("detail").asString();
    }

    @Test
    void an_unknown_path_method_contract_or_limit_is_a_problem() {
        assertThat(get("/api/v1/nothing").status()).isEqualTo(404);
        assertThat(post("/api/v1/status", "{}").status()).isEqualTo(405);
        assertThat(get("/api/v1/contracts/none").body().path("type").asString())
                .isEqualTo("/problems/unknown-contract");
        assertThat(get("/api/v1/nodes?limit=501").status()).isEqualTo(400);
        assertThat(get("/api/v1/nodes?cursor=%25%25").status()).isEqualTo(400);
    }

    @Test
    void lists_are_cut_into_stretches() {
        for (int i = 0; i < 3; i++) {
            running.tokenOf(Role.VIEWER, null);
        }
        var first = running.operator.tokens(null, 2);
        var second = running.operator.tokens(first.next(), 2);
        assertThat(first.items()).hasSize(2);
        assertThat(second.items()).doesNotContainAnyElementsOf(first.items());
    }

    @Test
    void an_agent_with_an_unknown_token_is_refused() {
        assertThatThrownBy(() -> dial("wrong"))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(401));
        dial(RunningControlPlane.AGENT_TOKEN).abort();
    }

    private static WebSocket dial(String token) {
        var uri = running.address.toString().replace("http:", "ws:") + "/agent/v1/link";
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(java.net.URI.create(uri), new WebSocket.Listener() {})
                .join();
    }

    @Test
    void the_figures_are_what_promtool_likes() throws IOException, InterruptedException {
        running.operator.me();
        var figures = get("/metrics").response().body();
        assertThat(figures).contains("xwasm_controlplane_http_requests_seconds");
        var lint =
                new ProcessBuilder("promtool", "check", "metrics")
                        .redirectErrorStream(true)
                        .start();
        try (var in = lint.outputWriter(StandardCharsets.UTF_8)) {
            in.write(figures);
        }
        var said = new String(lint.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(lint.waitFor()).as(said).isZero();
    }

    @Test
    void no_secret_is_in_the_audit_log() {
        post(
                "/api/v1/users",
                Json.write(Map.of("name", "new", "password", "very secret", "role", Role.VIEWER)));
        assertThat(running.operator.audit(null, 500).items().toString())
                .contains("users.add")
                .doesNotContain("very secret");
    }

    private static RunningControlPlane.Raw get(String path) {
        return running.send("GET", path, running.token, "");
    }

    private static RunningControlPlane.Raw post(String path, String body, String... headers) {
        return running.send("POST", path, running.token, body, headers);
    }
}
