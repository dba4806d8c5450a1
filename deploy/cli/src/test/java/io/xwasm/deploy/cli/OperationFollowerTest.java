package io.xwasm.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.deploy.cli.agent.FakeHttp;
import io.xwasm.deploy.cli.agent.FakeHttp.Said;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationFollowerTest {
    @TempDir Path folder;
    private FakeHttp api;
    private Shell shell;

    @BeforeEach
    void start() throws Exception {
        api = new FakeHttp().on("POST /api/v1/backups", operation("running", 1, null, "{}"));
        shell =
                new Shell(folder)
                        .with("XWASM_SERVER", api.address().toString())
                        .with("XWASM_TOKEN", "t");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void without_wait_the_id_is_printed_at_once() {
        var ran = shell.run("backups", "create", "main");
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .isEqualTo(
                        "Operation op-1: taking it\nFollow it with: xwasm operations show op-1 --follow\n");
        assertThat(api.heard()).hasSize(1);
        assertThat(shell.run("backups", "create", "main", "--json").json().path("id").asString())
                .isEqualTo("op-1");
    }

    @Test
    void with_wait_the_steps_are_lines_when_nobody_watches() {
        api.on(
                "GET /api/v1/operations/op-1?above=1",
                operation("succeeded", 2, null, "{\"backup\":\"b-7\"}"));
        var ran = shell.run("backups", "create", "main", "--wait");
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .isEqualTo(
                        """
                        Operation op-1: taking it
                          snapshot …
                          snapshot done: 12 records
                        taking it
                          backup: b-7
                        """);
    }

    @Test
    void json_is_one_document_with_the_result_on_top() {
        api.on(
                "GET /api/v1/operations/op-1?above=1",
                operation("succeeded", 2, null, "{\"backup\":\"b-7\",\"version\":\"shadow\"}"));
        var ran = shell.run("--json", "backups", "create", "main", "--wait");
        assertThat(ran.code()).isZero();
        assertThat(ran.json().path("backup").asString()).isEqualTo("b-7");
        assertThat(ran.json().path("id").asString()).isEqualTo("op-1");
        assertThat(ran.json().path("version").asLong()).isEqualTo(2);
        assertThat(ran.json().at("/result/backup").asString()).isEqualTo("b-7");
    }

    @Test
    void a_failed_operation_fails_the_command_with_its_sentence() {
        api.on(
                "GET /api/v1/operations/op-1?above=1",
                operation("failed", 2, "the disk is full", "{}"));
        var ran = shell.run("backups", "create", "main", "--wait");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).isEqualTo("xwasm: operation op-1 failed: the disk is full\n");
        var json = shell.run("backups", "create", "main", "--wait", "--json");
        assertThat(json.code()).isEqualTo(1);
        assertThat(json.json().path("state").asString()).isEqualTo("failed");
    }

    @Test
    void following_survives_a_control_plane_that_comes_back() {
        var attempts = new AtomicInteger();
        api.on(
                "GET /api/v1/operations/op-1?above=1",
                _ ->
                        attempts.incrementAndGet() < 3
                                ? new Said(200, "half an ans", java.util.Map.of())
                                : Said.ok(operation("succeeded", 2, null, "{}")));
        api.on("GET /api/v1/operations/op-1", operation("running", 1, null, "{}"));
        assertThat(shell.run("operations", "show", "op-1", "--follow").code()).isZero();
        assertThat(attempts.get()).isEqualTo(3);
    }

    @Test
    void a_restore_asks_for_the_groups_name_and_says_what_is_lost() {
        api.on(
                "GET /api/v1/backups/b-7/restore-preview",
                "{\"backup\":\"b-7\",\"group\":\"main\",\"heightNow\":20,\"heightAfter\":12,\"callsLost\":31,\"sentence\":\"Eight blocks go.\",\"version\":3}");
        api.on("POST /api/v1/backups/b-7/restore", operation("running", 1, null, "{}"));

        var unasked = shell.run("backups", "restore", "b-7");
        assertThat(unasked.code()).isEqualTo(2);
        assertThat(unasked.err()).contains("(31); confirm with --confirm main");
        var wrong = shell.run("backups", "restore", "b-7", "--confirm", "other");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(api.heard("POST /api/v1/backups/b-7/restore")).isEmpty();

        var right = shell.run("backups", "restore", "b-7", "--confirm", "main");
        assertThat(right.code()).isZero();
        assertThat(right.out()).contains("Calls lost: 31");
        assertThat(api.heard("POST /api/v1/backups/b-7/restore").getFirst().text())
                .isEqualTo("{\"confirm\":\"main\"}");
    }

    @Test
    void a_policy_changes_only_what_was_named_and_only_if_nobody_else_did() {
        api.on("GET /api/v1/groups/main", group());
        api.on(
                "PUT /api/v1/groups/main/policy",
                "{\"strategy\":\"manual\",\"rtoSeconds\":5.0,\"rpoCalls\":0,\"version\":4}");
        var ran = shell.run("failover", "policy", "main", "--strategy", "manual", "--json");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.json().path("strategy").asString()).isEqualTo("manual");
        assertThat(api.heard("PUT /api/v1/groups/main/policy").getFirst().text())
                .isEqualTo(
                        "{\"strategy\":\"manual\",\"rtoSeconds\":5.0,\"rpoCalls\":0,\"version\":3}");

        var shown = shell.run("groups", "show", "main", "--json");
        assertThat(shown.json().path("primary").asString()).isEqualTo("node-1");
        assertThat(shown.json().path("inSync").toString()).isEqualTo("[\"node-1\",\"node-2\"]");
    }

    private static String operation(
            String state, long version, @Nullable String failure, String result) {
        boolean done = !state.equals("running");
        return """
        {"id":"op-1","kind":"backup","subject":"main","group":"main","state":"%s",
         "sentence":"taking it","steps":[{"name":"snapshot","state":"%s","sentence":%s,
         "attempts":1,"startedAt":null,"endedAt":null,"done":0,"total":0}],"by":"ada",
         "startedAt":"2026-11-22T10:00:00Z","endedAt":null,"failure":%s,"result":%s,"version":%d}
        """
                .formatted(
                        state,
                        done ? "done" : "running",
                        done ? "\"12 records\"" : "null",
                        failure == null ? "null" : "\"" + failure + "\"",
                        result,
                        version);
    }

    private static String group() {
        return """
        {"group":"main","health":"ok","sentence":"fine","epoch":3,"version":5,
         "primary":"node-1","primaryApi":"http://127.0.0.1:7410","serving":true,
         "inSync":["node-1","node-2"],"minimumSize":1,"members":[],
         "policy":{"strategy":"automatic","rtoSeconds":5.0,"rpoCalls":0,"version":3},
         "readiness":{"safe":true,"sentence":"safe","predictedMillis":40,"checks":[]},
         "waiting":null,"lastFailover":null,"callsPerSecond":1.5,"height":20,"root":null}
        """;
    }
}
