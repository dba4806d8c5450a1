package io.xwasm.deploy.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.protocol.AccountKey;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.console.browser.Axe;
import io.xwasm.console.browser.Browser;
import io.xwasm.controlplane.api.AddUser;
import io.xwasm.controlplane.api.Role;
import io.xwasm.controlplane.api.Strategy;
import io.xwasm.deploy.bench.Bank;
import io.xwasm.deploy.bench.BenchFleet;
import io.xwasm.deploy.cli.agent.AgentClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A person at the console, in a real browser, over a real fleet. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleTest {
    private static final int KNOWN_CALLS = 137;
    private static final String PASSWORD = "a long password";

    private Path scratch;
    private BenchFleet fleet;
    private Browser browser;
    private Axe axe;
    private Cli cli;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        scratch = Files.createDirectory(temporary.resolve("scratch"));
        var folder = temporary.resolve("fleet");
        fleet = BenchFleet.start(BenchFleet.home(), folder, 19_000, List.of("--no-restart"));
        cli = new Cli(folder, scratch);
        Eventually.holds("token and dex are there", () -> fleet.client().status().contracts() == 2);
        browser =
                new Browser(
                        fleet.file().console(),
                        Files.createDirectory(temporary.resolve("chromium")),
                        Path.of(
                                Objects.requireNonNull(
                                        System.getProperty("xwasm.screenshots"),
                                        "xwasm.screenshots says where pictures go")));
        axe = new Axe();
        signIn(
                "admin",
                Files.readString(folder.resolve("secrets").resolve("first-password")).strip());
    }

    private void signIn(String user, String password) {
        browser.openAsStranger("");
        browser.signIn(user, password);
        browser.see("#live");
    }

    @AfterAll
    void stop() throws IOException {
        browser.close();
        fleet.close();
    }

    @Test
    @Order(1)
    void the_overview_shows_the_figures_of_the_api_after_known_calls() throws Exception {
        browser.see("#sentence", "All clear");
        try (var agents = new AgentClient(fleet.agents(), Thread::sleep)) {
            var bank = Bank.open(fleet, agents, 1);
            var sender = bank.senders().getFirst();
            settled();
            long before = fleet.client().status().callsTotal();
            browser.run("window.notReloaded = true");

            for (int nonce = 0; nonce < KNOWN_CALLS; nonce++) {
                assertThat(agents.call(bank.payment(sender, nonce)).succeeded()).isTrue();
            }

            Eventually.holds(
                    "the API counts them",
                    () -> fleet.client().status().callsTotal() == before + KNOWN_CALLS);
            Eventually.holds(
                    "the console shows them by push",
                    () ->
                            browser.attribute("#calls-total", "data-value")
                                    .equals(Long.toString(before + KNOWN_CALLS)));
            assertThat(browser.text("#calls-total"))
                    .isEqualTo(String.format(Locale.ROOT, "%,d", before + KNOWN_CALLS));
            assertThat(browser.run("return window.notReloaded")).isEqualTo(true);
            var signals = fleet.client().signals(null, Duration.ofMinutes(5), 300);
            assertThat(signals.callsTotal()).isGreaterThanOrEqualTo(KNOWN_CALLS);
            assertThat(signals.errorsTotal()).isZero();
        }
    }

    @Test
    @Order(2)
    void a_contract_is_upgraded_and_rolled_back_through_the_panels() throws Exception {
        browser.open("contracts/dex?tab=versions");
        browser.see("#contract-version", "1.0.0");
        browser.click("#open-upgrade");
        browser.chooseFile("#code-upload", Path.of(cli.module("dex-2")));
        browser.see("#verdict", "Compatible");
        browser.screenshot("contract-upgrade");
        confirm("dex");
        done();
        browser.see("#contract-version", "2.0.0");
        browser.screenshot("contract-upgraded");

        browser.open("contracts/dex?tab=versions&panel=rollback");
        browser.see("#verdict", "Compatible");
        browser.screenshot("contract-rollback");
        confirm("dex");
        done();
        browser.see("#contract-version", "1.0.0");
        browser.open("contracts/dex?tab=versions");
        browser.see("#history-table", "rollback");
    }

    @Test
    @Order(3)
    void a_module_that_may_not_run_is_refused_in_words() throws Exception {
        browser.open("contracts/token?panel=upgrade");
        browser.chooseFile("#code-upload", Path.of(cli.file("empty.wasm", new byte[] {0})));
        browser.see("#change-panel", "WebAssembly");
    }

    @Test
    @Order(6)
    void a_switchover_and_the_strategy_are_a_click_away() throws Exception {
        var before = fleet.client().group(BenchFleet.GROUP);
        browser.open("failover");
        browser.see("#topology svg");
        browser.click("#strategy-manual");
        Eventually.holds(
                "the strategy is manual",
                () ->
                        fleet.client().group(BenchFleet.GROUP).policy().strategy()
                                == Strategy.MANUAL);
        browser.see("#strategy-manual[aria-pressed='true']");
        browser.click("#strategy-automatic");
        Eventually.holds(
                "the strategy is automatic",
                () ->
                        fleet.client().group(BenchFleet.GROUP).policy().strategy()
                                == Strategy.AUTOMATIC);

        browser.click("#switchover");
        browser.click("#confirm");
        done();

        var after = fleet.await("another primary", g -> g.serving());
        assertThat(after.primary()).isNotEqualTo(before.primary());
        var last = Objects.requireNonNull(after.lastFailover());
        browser.open("failover");
        assertThat(browser.attribute("#last-rto", "data-value"))
                .isEqualTo(Long.toString(last.rtoMillis()));
        browser.see("#failover-history", "witchover");
    }

    @Test
    @Order(4)
    void a_backup_is_taken_and_verified() throws Exception {
        browser.open("backups");
        browser.click("#create-backup");
        browser.click("#confirm");
        done();
        browser.press("Close");
        browser.see("#backups-table", "Not verified");
        browser.press("Verify");
        browser.click("#confirm");
        done();
        browser.press("Close");
        browser.see("#backups-table", "Verified");
        assertThat(fleet.client().backups(null, 10).items())
                .singleElement()
                .satisfies(backup -> assertThat(backup.state()).isEqualTo("verified"));
    }

    @Test
    @Order(5)
    void a_group_is_restored_after_the_page_said_what_is_lost() throws Exception {
        var before = fleet.client().group(BenchFleet.GROUP);
        long contracts = fleet.client().status().contracts();
        try (var agents = new AgentClient(fleet.agents(), Thread::sleep)) {
            var _ = Bank.open(fleet, agents, 1);
        }
        assertThat(fleet.client().status().contracts()).isEqualTo(contracts + 1);
        var backup = fleet.client().backups(null, 1).items().getFirst();
        browser.open("backups");
        browser.click("#restore-" + backup.id());
        browser.see("#calls-lost");
        browser.see("#confirm[disabled]");
        axeFindsNothing("restore");
        browser.screenshot("restore");
        var lost = Long.parseLong(browser.attribute("#calls-lost", "data-value"));
        assertThat(lost).isPositive();
        confirm(BenchFleet.GROUP.value());
        done();

        var after = fleet.await("the restored group", g -> g.serving() && g.inSync().size() == 3);
        assertThat(after.epoch()).isGreaterThan(before.epoch());
        assertThat(fleet.client().status().contracts())
                .as("the second bank came after the backup")
                .isEqualTo(contracts);
    }

    @Test
    @Order(7)
    void a_contract_is_deployed_from_a_file() throws Exception {
        browser.open("contracts");
        browser.click("#deploy");
        browser.chooseFile("#code-upload", Path.of(cli.module("token")));
        browser.see("#confirm:not([disabled])");
        browser.type("#deploy-name input", "coin");
        browser.type(
                "#deploy-init textarea",
                """
                {"name": "Coin", "symbol": "CN", "decimals": 2, "supply": "1000000", \
                "owner": "%s"}\
                """
                        .formatted(AccountKey.generate().address()));
        browser.screenshot("contract-deploy");
        browser.click("#confirm:not([disabled])");
        done();
        browser.press("Close");

        browser.see("#contracts-table", "coin");
        assertThat(fleet.client().contract(new ContractName("coin")).group())
                .isEqualTo(BenchFleet.GROUP);
        browser.open("contracts/coin?tab=methods");
        browser.see("#methods-table", "transfer");
    }

    @Test
    @Order(8)
    void alerts_operations_nodes_and_audit_tell_what_happened() throws Exception {
        browser.open("operations");
        browser.see("#operations-table", "dex");
        var operation = fleet.client().operations(null, null, 1).items().getFirst();
        browser.open("operations/" + operation.id());
        browser.see("[data-step]");
        browser.open("audit");
        browser.see("#audit-table", "contracts.rollback");
        browser.see("#audit-table", "backups.verify");
        browser.open("alerts?tab=rules");
        browser.see("#edit-backup_too_old");
        browser.click("#edit-high_latency");
        browser.type("#rule-threshold input", "0.75");
        browser.click("#confirm");
        Eventually.holds(
                "the rule is set",
                () ->
                        fleet.client().rules(null, 100).items().stream()
                                .anyMatch(r -> r.threshold() == 0.75));
        browser.open("nodes/node-2");
        browser.see("#node-facts", "node-2");
    }

    @Test
    @Order(9)
    void every_page_is_as_in_the_picture() throws Exception {
        try (var agents = new AgentClient(fleet.agents(), Thread::sleep)) {
            var _ = agents.ledger();
            var bank = Bank.open(fleet, agents, 4);
            try (var load = bank.load(fleet.agents(), agents.primary(), 20_000_000)) {
                load.awaitMore(Integer.getInteger("xwasm.screenshot-calls", 1_000));
                for (var page :
                        List.of(
                                "overview #golden-signals svg",
                                "contracts #contracts-table",
                                "contracts/dex x-chart svg",
                                "contracts/dex?tab=versions #history-table",
                                "contracts/dex?tab=methods #methods-table",
                                "failover #topology svg",
                                "nodes #live:not(.stale)",
                                "nodes/node-1 #node-facts",
                                "backups #recovery-points",
                                "alerts [role=main]",
                                "alerts?tab=rules #rules-table",
                                "alerts?tab=webhook #webhook-url",
                                "operations #operations-table",
                                "audit #audit-table")) {
                    int split = page.indexOf(' ');
                    picture(page.substring(0, split), page.substring(split + 1));
                }
            }
        }
        assertThat(browser.complaints()).isEmpty();
    }

    private void picture(String path, String ready) throws IOException {
        browser.open(path.equals("overview") ? "" : path);
        browser.see(ready);
        browser.see("#live:not(.stale)");
        browser.theme("light");
        assertThat(browser.text("h1")).isNotBlank();
        var name = path.replaceAll("[^a-z0-9]+", "-");
        browser.screenshot(name);
        axeFindsNothing(name);
        browser.theme("dark");
        browser.screenshot(name + "-dark");
        axeFindsNothing(name + ", dark");
        browser.theme("light");
    }

    private void axeFindsNothing(String where) {
        assertThat(axe.violations(browser)).as(where).isEmpty();
    }

    @Test
    @Order(10)
    void with_the_strategy_manual_a_lost_primary_leaves_one_button() throws Exception {
        browser.open("failover");
        browser.click("#strategy-manual");
        browser.see("#strategy-manual[aria-pressed='true']");
        var before = fleet.await("a primary", g -> g.serving());
        var lost = Objects.requireNonNull(before.primary());

        BenchFleet.kill(fleet.pidOf(lost));
        browser.see("#waiting-takeover", lost + " is lost");
        assertThat(fleet.client().group(BenchFleet.GROUP).primary()).isEqualTo(lost);
        axeFindsNothing("a takeover that waits");
        browser.screenshot("failover-waiting");
        browser.click("#decide-failover");
        browser.click("#confirm:not([disabled])");
        done();

        var after = fleet.await("the new primary serves", g -> g.serving());
        assertThat(after.primary()).isNotEqualTo(lost);
        browser.press("Close");
        browser.seeNot("#waiting-takeover");
        browser.see("#last-failover", Objects.requireNonNull(after.primary()).value());
        browser.open("nodes");
        browser.see("#nodes-table", "Not connected");
        browser.open("");
        browser.see("#sentence", "problem");
        browser.screenshot("overview-problem");
    }

    @Test
    @Order(11)
    void a_viewer_sees_the_controls_and_cannot_use_them() throws Exception {
        var _ = fleet.client().addUser(new AddUser("vera", PASSWORD, Role.VIEWER));
        signIn("vera", PASSWORD);
        browser.open("contracts/dex");
        browser.see("#open-upgrade[disabled]");
        browser.see(".needs", "Not permitted: needs role operator");
        browser.screenshot("viewer");
        browser.open("failover");
        browser.see("#switchover[disabled]");
        browser.open("backups");
        browser.see("#create-backup[disabled]");
    }

    /** Types the name where one is asked for, then confirms. */
    private void confirm(String name) {
        if (Boolean.TRUE.equals(
                browser.run("return document.querySelector('#typed-name') !== null"))) {
            browser.type("#typed-name input", name);
        }
        browser.click("#confirm:not([disabled])");
    }

    private void done() throws Exception {
        browser.see("#operation-progress");
        Eventually.holds(
                "the operation is shown as done",
                () -> browser.attribute("#operation-progress", "data-state").equals("Done"));
    }

    /** Agents report each second; what they have counted is at last what the control plane has. */
    private void settled() throws Exception {
        Eventually.holds(
                "the agents have reported",
                () -> fleet.client().status().callsTotal() == countedByAgents());
    }

    private long countedByAgents() throws IOException {
        long calls = 0;
        try (var http = new Http()) {
            for (var agent : fleet.agents()) {
                calls +=
                        http.get(agent.resolve("/metrics"))
                                .body()
                                .lines()
                                .filter(l -> l.startsWith("xwasm_contract_transactions_total{"))
                                .mapToLong(l ->
                                        (long) Double.parseDouble(l.substring(l.lastIndexOf(' '))))
                                .sum();
            }
        }
        return calls;
    }
}
