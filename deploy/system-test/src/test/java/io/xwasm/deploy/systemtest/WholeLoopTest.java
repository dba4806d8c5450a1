package io.xwasm.deploy.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.api.AuditEntry;
import io.xwasm.controlplane.api.ControlPlaneUnreachable;
import io.xwasm.controlplane.api.GroupView;
import io.xwasm.deploy.bench.BenchFleet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Everything that the product is for, typed on a command line against one real fleet. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholeLoopTest {
    private static final int PORT_BASE = 18_700;
    private static final String BOB = "b0".repeat(32);

    private Path folder;
    private Path scratch;
    private BenchFleet fleet;
    private Cli cli;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary.resolve("fleet");
        scratch = Files.createDirectory(temporary.resolve("scratch"));
        fleet = BenchFleet.start(BenchFleet.home(), folder, PORT_BASE, List.of());
        cli = new Cli(folder, scratch);
        Eventually.holds("token and dex are there", () -> fleet.client().status().contracts() == 2);
    }

    @AfterAll
    void stop() throws IOException {
        fleet.close();
    }

    @Test
    @Order(1)
    void status_nodes_and_groups_tell_how_the_fleet_is() throws Exception {
        var status = cli.json("status");
        assertThat(status.path("health").asString()).isEqualTo("ok");
        assertThat(status.path("nodesUp").asInt()).isEqualTo(3);
        assertThat(cli.run("status").succeeds().out())
                .startsWith("ok: All clear")
                .doesNotContain("\u001b");

        assertThat(names(cli.json("nodes", "list"), "node"))
                .containsExactly("node-1", "node-2", "node-3");
        assertThat(cli.json("nodes", "show", "node-2").path("connected").asBoolean()).isTrue();
        assertThat(names(cli.json("groups", "list"), "group")).containsExactly("main");
        var group = cli.json("groups", "show", "main");
        assertThat(group.path("inSync")).hasSize(3);
        assertThat(group.path("inSync")).contains(group.path("primary"));

        cli.run("nodes", "show", "node-9").isRefused("node-9");
        cli.run("groups", "show", "nobody").isRefused("nobody");
    }

    @Test
    @Order(2)
    void accounts_are_made_listed_and_funded() throws Exception {
        var alice = cli.json("accounts", "new", "alice").path("address").asString();
        cli.run("accounts", "fund", "alice", "1000", "--wait").succeeds();

        var accounts = cli.json("accounts", "list");
        assertThat(names(accounts, "name")).contains("alice", "default");
        assertThat(accounts.path("items"))
                .anySatisfy(account -> {
                    assertThat(account.path("address").asString()).isEqualTo(alice);
                    assertThat(account.path("balance").asString()).isEqualTo("1000");
                });
        cli.run("accounts", "new", "alice").isRefused("alice");
        cli.run("accounts", "fund", "nobody", "1").isRefused("nobody");
    }

    @Test
    @Order(3)
    void a_contract_is_deployed_called_queried_and_shown() throws Exception {
        var init =
                "{\"name\": \"Coin\", \"symbol\": \"C\", \"decimals\": 0, \"supply\": \"1000000\", \"owner\": \"%s\"}"
                        .formatted(address("default"));
        cli.run(
                        "contracts",
                        "deploy",
                        "coin",
                        "--code",
                        cli.module("token"),
                        "--init",
                        init,
                        "--wait")
                .succeeds();

        var receipt = call("coin", "transfer", "{\"to\": \"%s\", \"amount\": 7}".formatted(BOB));
        assertThat(receipt.path("failure").isNull()).isTrue();
        assertThat(receipt.at("/events/0/topic").asString()).isEqualTo("Transfer");
        assertThat(balance("coin", BOB)).isEqualTo(7);
        assertThat(names(cli.json("contracts", "list"), "name"))
                .containsExactlyInAnyOrder("coin", "dex", "token");
        assertThat(cli.json("contracts", "show", "coin").path("label").asString())
                .isEqualTo("1.0.0");
        var history = cli.json("contracts", "history", "coin").path("items");
        assertThat(history).hasSize(1);
        assertThat(history.path(0).path("kind").asString()).isEqualTo("deploy");
        assertThat(cli.run("contracts", "show", "coin").succeeds().out()).contains("transfer(");

        cli.run("contracts", "call", "coin", "transfer", args("to", BOB), "--as", "alice")
                .isRefused("amount");
        assertThat(
                        cli.run(
                                        "contracts",
                                        "call",
                                        "coin",
                                        "mint",
                                        "{\"to\": \"%s\", \"amount\": 7}".formatted(BOB),
                                        "--as",
                                        "alice")
                                .exitCode())
                .as("only the owner mints")
                .isEqualTo(1);
        cli.run("contracts", "deploy", "coin", "--code", cli.module("token"), "--init", init)
                .isRefused("coin");
    }

    @Test
    @Order(4)
    void an_upgrade_and_its_rollback_keep_what_was_written_since() throws Exception {
        var dex = contract("dex");
        for (var token : List.of("token", "coin")) {
            call(token, "approve", "{\"spender\": \"%s\", \"amount\": 1000000}".formatted(dex));
        }
        call(
                "dex",
                "create_pool",
                "{\"pool\": \"p\", \"token_a\": \"%s\", \"token_b\": \"%s\"}"
                        .formatted(contract("token"), contract("coin")));
        call("dex", "add_liquidity", "{\"pool\":\"p\",\"amount_a\":100000,\"amount_b\":100000}");
        swap();
        var before = cli.json("contracts", "show", "dex");

        var upgraded =
                cli.json("contracts", "upgrade", "dex", "--code", cli.module("dex-2"), "--wait");
        assertThat(upgraded.path("state").asString()).isEqualTo("succeeded");
        var after = cli.json("contracts", "show", "dex");
        assertThat(after.path("version").asInt()).isEqualTo(2);
        assertThat(after.path("code")).isNotEqualTo(before.path("code"));
        assertThat(trades()).isEqualTo(1);
        swap();
        assertThat(trades()).isEqualTo(2);
        var reserve = reserve();

        var rolledBack = cli.run("contracts", "rollback", "dex", "--wait").succeeds();
        assertThat(rolledBack.out()).contains("roll back done", "confirm done");
        assertThat(cli.json("contracts", "show", "dex").path("code"))
                .isEqualTo(before.path("code"));
        assertThat(trades()).isEqualTo(2);
        assertThat(reserve()).isEqualTo(reserve).isEqualTo(100_200);
        swap();
        assertThat(trades()).isEqualTo(3);

        var history = cli.json("contracts", "history", "dex").path("items");
        assertThat(history.valueStream().map(e -> e.path("kind").asString()))
                .containsExactly("rollback", "upgrade", "deploy");
        assertThat(history)
                .allSatisfy(entry -> {
                    assertThat(entry.path("by").asString()).startsWith("admin");
                    assertThat(entry.path("call").asString()).hasSize(64);
                });
        cli.run("contracts", "rollback", "dex", "--to", "99", "--wait").isRefused("99");
        cli.run("contracts", "upgrade", "nothing", "--code", cli.module("dex-2"))
                .isRefused("nothing");
    }

    @Test
    @Order(5)
    void a_backup_is_verified_by_a_restore_and_brings_the_balance_back() throws Exception {
        long balance = balance("token", BOB);
        var backup = cli.json("backups", "create", "main", "--wait").path("backup").asString();
        assertThat(backupState(backup)).isEqualTo("unverified");
        cli.run("backups", "verify", backup, "--wait").succeeds();
        assertThat(backupState(backup)).isEqualTo("verified");
        assertThat(names(cli.json("backups", "list"), "id")).contains(backup);

        call("token", "transfer", "{\"to\": \"%s\", \"amount\": 5}".formatted(BOB));
        assertThat(balance("token", BOB)).isEqualTo(balance + 5);
        cli.run("backups", "restore", backup, "--confirm", "other", "--wait")
                .isRefused("'other'", "'main'");
        cli.run("backups", "restore", backup, "--wait").isRefused("--confirm main");
        assertThat(balance("token", BOB)).isEqualTo(balance + 5);
        long epoch = group().epoch();

        var restored =
                cli.run("backups", "restore", backup, "--confirm", "main", "--wait").succeeds();

        assertThat(restored.out()).contains("Calls lost: 1");
        assertThat(balance("token", BOB)).isEqualTo(balance);
        assertThat(group().epoch()).isGreaterThan(epoch);
        call("token", "transfer", "{\"to\": \"%s\", \"amount\": 5}".formatted(BOB));
        fleet.await("all in sync again", g -> g.serving() && g.inSync().size() == 3);
    }

    @Test
    @Order(6)
    void a_schedule_is_set_and_shown() throws Exception {
        cli.run("backups", "schedule", "main", "--every", "60", "--verify").succeeds();
        assertThat(cli.json("backups", "schedule").path("everyMinutes").asInt()).isEqualTo(60);
        assertThat(cli.run("backups", "schedule", "main").succeeds().out())
                .contains("every 60 minutes and verified");
        cli.run("backups", "schedule", "main", "--every", "-1").isRefused("--every");
    }

    @Test
    @Order(7)
    void a_damaged_backup_is_refused_and_the_running_state_untouched() throws Exception {
        var flipped = cli.json("backups", "create", "--wait").path("backup").asString();
        var missing = cli.json("backups", "create", "--wait").path("backup").asString();
        cli.run("backups", "verify", flipped, "--wait").succeeds();
        assertThat(backupState(flipped)).isEqualTo("verified");
        long balance = balance("token", BOB);
        var before = group();
        var chunk = chunk(flipped);
        var bytes = Files.readAllBytes(chunk);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(chunk);
        Files.write(chunk, bytes);
        Files.delete(chunk(missing));

        for (var backup : List.of(flipped, missing)) {
            cli.run("backups", "verify", backup, "--wait").isRefused(backup, "chunk-");
            cli.run("backups", "restore", backup, "--confirm", "main", "--wait")
                    .isRefused(backup, "cannot be restored", "found damaged", "chunk-");
            var shown = cli.json("backups", "show", backup);
            assertThat(shown.path("state").asString())
                    .as("also if it once was sound")
                    .isEqualTo("failed");
            assertThat(shown.path("failure").asString()).contains("found damaged by", "chunk-");
            assertThat(cli.json("backups", "list").path("items"))
                    .filteredOn(b -> b.path("id").asString().equals(backup))
                    .singleElement()
                    .satisfies(b -> assertThat(b.path("state").asString()).isEqualTo("failed"));
        }
        Files.write(chunk, flippedBack(bytes));
        cli.run("backups", "verify", flipped, "--wait").succeeds();
        assertThat(backupState(flipped)).as("once it was mended").isEqualTo("verified");
        assertThat(balance("token", BOB)).isEqualTo(balance);
        assertThat(fleet.await("it serves", GroupView::serving).epoch()).isEqualTo(before.epoch());
        cli.run("backups", "verify", "b-none", "--wait").isRefused("b-none");
    }

    @Test
    @Order(8)
    void with_a_wrong_keyset_no_backup_is_opened_and_calls_go_on() throws Exception {
        var backup = cli.json("backups", "create", "--wait").path("backup").asString();
        var keyset = folder.resolve("secrets").resolve("backup-keyset.json");
        var right = Files.readString(keyset);
        var log = folder.resolve("logs").resolve("control-plane.log");
        // Without the file a new keyset is made, which is a valid one and the wrong one.
        Files.delete(keyset);
        BenchFleet.kill(fleet.file().controlPlane().pid());

        Eventually.holds(
                "the control plane says that the key is wrong",
                () -> Files.readString(log).contains("sealed with another key"));
        call("token", "transfer", "{\"to\": \"%s\", \"amount\": 1}".formatted(BOB));
        assertThat(cli.run("status").exitCode()).as("nobody answers").isEqualTo(3);

        Files.writeString(keyset, right);
        Eventually.holds("the control plane is back", this::controlPlaneAnswers);
        fleet.await("three members connected", g -> g.serving() && g.inSync().size() == 3);
        cli.run("backups", "verify", backup, "--wait").succeeds();
    }

    @Test
    @Order(9)
    void a_switchover_loses_nothing_and_is_measured() throws Exception {
        long balance = balance("token", BOB);
        var from = cli.json("groups", "show", "main").path("primary").asString();

        var operation = cli.json("failover", "switchover", "main", "--wait");

        var report = operation.path("report");
        assertThat(report.path("rpoCalls").asLong(-1)).isZero();
        assertThat(report.path("rtoMillis").asLong()).isBetween(0L, 2_000L);
        assertThat(report.path("from").asString()).isEqualTo(from);
        var group = cli.json("groups", "show", "main");
        assertThat(group.path("primary")).isEqualTo(report.path("to"));
        assertThat(group.at("/lastFailover/operation")).isEqualTo(operation.path("id"));
        assertThat(balance("token", BOB)).isEqualTo(balance);

        cli.run("failover", "switchover", "main", "--to", from, "--wait").succeeds();
        assertThat(cli.json("groups", "show", "main").path("primary").asString()).isEqualTo(from);
        cli.run("failover", "switchover", "main", "--to", "node-9", "--wait").isRefused("node-9");
    }

    @Test
    @Order(10)
    void a_killed_node_raises_an_alert_that_reaches_a_webhook_and_resolves() throws Exception {
        try (var receiver = WebhookReceiver.start()) {
            cli.run("alerts", "webhook", receiver.address().toString()).succeeds();
            cli.run("alerts", "rules", "set", "node_down", "--threshold", "0.5", "--for", "0")
                    .succeeds();
            assertThat(names(cli.json("alerts", "rules", "list"), "name"))
                    .contains(
                            "high_gas_usage",
                            "high_error_rate",
                            "high_latency",
                            "low_throughput",
                            "node_down",
                            "backup_too_old");
            var group = group();
            var victim =
                    group.inSync().stream()
                            .filter(node -> !node.equals(group.primary()))
                            .findFirst()
                            .orElseThrow();
            BenchFleet.kill(fleet.pidOf(victim));

            var firing =
                    Eventually.get(
                            "node_down fires",
                            () -> receiver.find("node_down", victim.value(), "firing"));
            assertThat(firing.path("version").asString()).isEqualTo("4");
            assertThat(firing.path("receiver").asString()).isEqualTo("webhook");
            assertThat(firing.at("/alerts/0/labels/severity").asString()).isEqualTo("critical");
            assertThat(firing.at("/alerts/0/annotations/summary").asString())
                    .contains(victim.value());
            var resolved =
                    Eventually.get(
                            "node_down resolves",
                            () -> receiver.find("node_down", victim.value(), "resolved"));
            assertThat(resolved.at("/alerts/0/fingerprint"))
                    .isEqualTo(firing.at("/alerts/0/fingerprint"));

            assertThat(cli.json("alerts", "list", "--state", "resolved").path("items"))
                    .anySatisfy(alert ->
                            assertThat(alert.path("subject").asString()).isEqualTo(victim.value()));
            assertThat(cli.json("alerts", "webhook").path("lastDeliveredAt").isNull()).isFalse();
            cli.run("alerts", "webhook", "--none").succeeds();
        }
        cli.run("alerts", "rules", "set", "node_down", "--threshold", "5").succeeds();
        cli.run("alerts", "rules", "set", "nonsense", "--threshold", "1").isRefused("nonsense");
        cli.run("alerts", "rules", "set", "node_down", "--threshold", "-1").isRefused("threshold");
        fleet.await("all in sync again", g -> g.serving() && g.inSync().size() == 3);
    }

    @Test
    @Order(11)
    void a_killed_primary_is_replaced_by_itself() throws Exception {
        long balance = balance("token", BOB);
        NodeId lost = group().primary();

        BenchFleet.kill(fleet.pidOf(Objects.requireNonNull(lost)));
        call("token", "transfer", "{\"to\": \"%s\", \"amount\": 1}".formatted(BOB));

        assertThat(balance("token", BOB)).isEqualTo(balance + 1);
        var group = fleet.await("another primary", g -> g.serving() && g.inSync().size() == 3);
        assertThat(group.primary()).isNotEqualTo(lost);
        var last = cli.json("groups", "show", "main").path("lastFailover");
        assertThat(last.path("kind").asString()).isEqualTo("failover");
        assertThat(last.path("rpoCalls").asLong(-1)).isZero();
        assertThat(last.path("phases")).isNotEmpty();
    }

    @Test
    @Order(12)
    void operations_are_listed_shown_and_followed() throws Exception {
        var started = cli.json("backups", "create");
        var id = started.path("id").asString();

        var followed = cli.json("operations", "show", id, "--follow");

        assertThat(followed.path("state").asString()).isEqualTo("succeeded");
        assertThat(cli.run("operations", "show", id).succeeds().out()).contains("make a key");
        assertThat(names(cli.json("operations", "list"), "id")).contains(id);
        var failed = cli.json("operations", "list", "--state", "failed").path("items");
        assertThat(failed).isNotEmpty();
        assertThat(failed).allSatisfy(o -> assertThat(o.path("failure").asString()).isNotBlank());
        assertThat(cli.run("operations", "show", failed.path(0).path("id").asString(), "--follow"))
                .satisfies(ran -> assertThat(ran.exitCode()).isEqualTo(1));
        cli.run("operations", "show", "op-none").isRefused("op-none");
    }

    @Test
    @Order(13)
    void users_and_tokens_are_made_and_a_revoked_token_is_refused() throws Exception {
        cli.told("a long password", "users", "add", "vera", "--role", "viewer").succeeds();
        assertThat(names(cli.json("users", "list"), "name")).contains("admin", "vera");
        cli.told("a long password", "users", "add", "vera", "--role", "viewer").isRefused("vera");

        var token = cli.json("tokens", "create", "ci", "--role", "viewer", "--expires", "1h");
        var secret = token.path("token").asString();
        assertThat(cli.run("--token", secret, "status").exitCode()).isZero();
        cli.run("--token", secret, "contracts", "rollback", "dex").isRefused("viewer");
        cli.run("tokens", "revoke", token.path("id").asString()).succeeds();
        cli.run("--token", secret, "status").isRefused();
        cli.run("tokens", "create", "ci", "--expires", "soon").isRefused("soon");
        assertThat(cli.run("tokens", "list").succeeds().out()).contains("revoked");
    }

    @Test
    @Order(14)
    void the_audit_says_who_did_what_and_its_chain_is_whole() throws Exception {
        var entries = AuditChain.read(fleet.client());
        AuditChain.requireWhole(entries);
        assertThat(entries)
                .extracting(AuditEntry::action)
                .contains(
                        "groups.fund",
                        "code.upload",
                        "contracts.deploy",
                        "contracts.upgrade",
                        "contracts.rollback",
                        "backups.create",
                        "backups.verify",
                        "backups.restore");
        assertThat(entries)
                .filteredOn(e -> e.action().equals("contracts.rollback") && e.status() == 403)
                .as("the viewer's attempt")
                .isNotEmpty();
        assertThat(names(cli.json("audit", "--limit", "5"), "action")).hasSize(5);
        assertThat(cli.run("audit").succeeds().out()).contains("contracts.upgrade");
    }

    @Test
    @Order(15)
    void what_cannot_start_says_so_in_one_sentence_and_damages_nothing() throws Exception {
        cli.dev("--data", folder.toString(), "--port-base", "18790")
                .isRefused("a fleet runs on " + folder + " already");
        var another = scratch.resolve("another");
        cli.dev("--data", another.toString(), "--port-base", Integer.toString(PORT_BASE))
                .isRefused(Integer.toString(PORT_BASE));
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            int base = port > 60_000 ? port - 30 : port;
            cli.dev("--data", another.toString(), "--port-base", Integer.toString(base))
                    .isRefused(Integer.toString(port));
        }
        var file = Files.writeString(scratch.resolve("a-file"), "");
        cli.dev("--data", file.resolve("in-it").toString(), "--port-base", "18790")
                .isRefused("cannot be written");
        cli.dev("--data", another.toString(), "--nodes", "0").isRefused("--nodes");
        cli.dev("stop", "--data", another.toString()).isRefused("no fleet runs");
        assertThat(group().serving()).isTrue();
    }

    @Test
    @Order(16)
    void started_again_the_fleet_continues_where_it_was() throws Exception {
        long balance = balance("token", BOB);
        var before = group();
        var contracts = names(cli.json("contracts", "list"), "name");
        var history = cli.json("contracts", "history", "dex").path("items");
        int audited = AuditChain.read(fleet.client()).size();

        assertThat(cli.dev("stop", "--data", folder.toString()).succeeds().out())
                .contains("is stopped");
        assertThat(folder.resolve("dev.json")).doesNotExist();
        cli.run("status").isRefused("no server");
        fleet.close();
        fleet = BenchFleet.start(BenchFleet.home(), folder, PORT_BASE, List.of("--no-restart"));

        assertThat(group().height()).isGreaterThanOrEqualTo(before.height());
        assertThat(balance("token", BOB)).isEqualTo(balance);
        assertThat(names(cli.json("contracts", "list"), "name")).isEqualTo(contracts);
        assertThat(cli.json("contracts", "history", "dex").path("items")).isEqualTo(history);
        assertThat(names(cli.json("users", "list"), "name")).contains("vera");
        assertThat(trades()).isEqualTo(3);
        var entries = AuditChain.read(fleet.client());
        AuditChain.requireWhole(entries);
        assertThat(entries).hasSizeGreaterThanOrEqualTo(audited);
    }

    @Test
    @Order(17)
    void under_the_manual_strategy_a_lost_primary_waits_for_a_person() throws Exception {
        cli.run("failover", "policy", "main", "--strategy", "manual", "--rto", "30").succeeds();
        var policy = cli.json("failover", "policy", "main");
        assertThat(policy.path("strategy").asString()).isEqualTo("manual");
        assertThat(policy.path("rtoSeconds").asDouble()).isEqualTo(30);
        long balance = balance("token", BOB);
        NodeId lost = Objects.requireNonNull(group().primary());

        BenchFleet.kill(fleet.pidOf(lost));
        var waits = fleet.await("a decision is wanted", g -> g.waiting() != null);

        assertThat(waits.primary()).isEqualTo(lost);
        assertThat(cli.run("groups", "show", "main").succeeds().out())
                .contains("waits for a person", "xwasm failover takeover main");
        var taken = cli.json("failover", "takeover", "main", "--wait");
        assertThat(taken.path("state").asString()).isEqualTo("succeeded");
        var serves = fleet.await("nobody waits any more", g -> g.serving() && g.waiting() == null);
        assertThat(serves.primary()).isNotEqualTo(lost);
        call("token", "transfer", "{\"to\": \"%s\", \"amount\": 1}".formatted(BOB));
        assertThat(balance("token", BOB)).isEqualTo(balance + 1);
        cli.run("failover", "takeover", "main").isRefused();
    }

    private boolean controlPlaneAnswers() {
        try {
            return fleet.client().status().nodesUp() == 3;
        } catch (ControlPlaneUnreachable _) {
            return false;
        }
    }

    private GroupView group() {
        return fleet.client().group(BenchFleet.GROUP);
    }

    private JsonNode call(String contract, String method, String arguments) throws IOException {
        return cli.json("contracts", "call", contract, method, arguments);
    }

    private JsonNode query(String contract, String method, String arguments) throws IOException {
        return cli.json("contracts", "query", contract, method, arguments);
    }

    private long balance(String token, String owner) throws IOException {
        return query(token, "balance_of", args("owner", owner)).path("result").asLong();
    }

    private void swap() throws IOException {
        call(
                "dex",
                "swap",
                "{\"pool\":\"p\",\"input_token\":\"%s\",\"input_amount\":100,\"min_output_amount\":1}"
                        .formatted(contract("token")));
    }

    private long reserve() throws IOException {
        return query("dex", "pool_state", "{\"pool\": \"p\"}").at("/result/reserve_a").asLong();
    }

    private long trades() throws IOException {
        return query("dex", "trader", args("user", address("default")))
                .at("/result/trades")
                .asLong();
    }

    private String contract(String name) {
        return fleet.client().contract(new ContractName(name)).address().toString();
    }

    private String address(String account) throws IOException {
        return cli.json("accounts", "list")
                .path("items")
                .valueStream()
                .filter(a -> a.path("name").asString().equals(account))
                .findFirst()
                .orElseThrow()
                .path("address")
                .asString();
    }

    private String backupState(String backup) throws IOException {
        return cli.json("backups", "show", backup).path("state").asString();
    }

    private static byte[] flippedBack(byte[] bytes) {
        bytes[bytes.length / 2] ^= 1;
        return bytes;
    }

    private Path chunk(String backup) throws IOException {
        try (var files = Files.list(folder.resolve("backups").resolve(backup))) {
            return files.filter(f -> f.getFileName().toString().startsWith("chunk-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String args(String name, String value) {
        return "{\"%s\": \"%s\"}".formatted(name, value);
    }

    private static List<String> names(JsonNode page, String field) {
        var names = new ArrayList<String>();
        page.path("items").forEach(item -> names.add(item.path(field).asString()));
        return names;
    }
}
