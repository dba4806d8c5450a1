package io.xwasm.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.console.browser.Browser;
import io.xwasm.console.login.Doorway;
import io.xwasm.console.look.Environment;
import io.xwasm.controlplane.api.Strategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What a person sees and does, in a real browser, against {@link FakeControlPlane}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConsoleInBrowserTest {
    private FakeControlPlane controlPlane;
    private ScheduledExecutorService ticks;
    private ConsoleServer console;
    private Browser browser;
    private String present = "";

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        controlPlane = new FakeControlPlane(0);
        ticks = Executors.newScheduledThreadPool(0, Thread.ofVirtual().factory());
        var environment = new Environment("Production", true, "prod-eu");
        console =
                new ConsoleServer(
                        "127.0.0.1",
                        0,
                        new Doorway(controlPlane.address(), environment, Clock.systemUTC(), ticks));
        console.start();
        browser =
                new Browser(
                        console.address(),
                        Files.createDirectory(temporary.resolve("chromium")),
                        Path.of("target", "screenshots"));
    }

    @AfterAll
    void stop() throws Exception {
        browser.close();
        console.stop();
        controlPlane.close();
        ticks.shutdownNow();
    }

    /** Signs in only when somebody else, or nobody, is there. */
    private void signedInAt(String path, String user) {
        browser.size(1440, 1000);
        if (user.equals(present)) {
            browser.open(path);
        } else {
            browser.openAsStranger(path);
            browser.signIn(user, FakeControlPlane.PASSWORD);
            present = user;
        }
        browser.see("#live");
    }

    @Test
    void a_wrong_password_is_refused_in_words() {
        browser.size(1440, 900);
        present = "";
        browser.openAsStranger("");
        browser.signIn(FakeControlPlane.OPERATOR, "not this one");

        browser.see("#login-error", "no user with this name and password");
        assertThat(browser.address()).contains("/login");
        browser.screenshot("login-refused");
    }

    @Test
    void a_deep_link_is_kept_through_signing_in() {
        present = "";
        browser.openAsStranger("contracts/dex?tab=versions");
        assertThat(browser.address()).contains("/login?to=");
        browser.signIn(FakeControlPlane.OPERATOR, FakeControlPlane.PASSWORD);

        browser.see("#history-table");
        assertThat(browser.address()).endsWith("/contracts/dex?tab=versions");
        assertThat(browser.title()).isEqualTo("dex · contracts · xwasm");
    }

    @Test
    void an_ended_session_leads_to_the_sign_in_page_and_back() {
        signedInAt("nodes", FakeControlPlane.OPERATOR);
        present = "";
        controlPlane.forgetSessions();

        browser.see("#login-user");
        browser.signIn(FakeControlPlane.OPERATOR, FakeControlPlane.PASSWORD);
        browser.see("#nodes-table");
        browser.seeAddress("/nodes");
    }

    @Test
    void signing_out_ends_the_session() {
        signedInAt("", FakeControlPlane.OPERATOR);
        present = "";
        browser.click("#user-menu");
        browser.click("#sign-out");

        browser.see("#login-user");
        browser.open("contracts");
        browser.see("#login-user");
    }

    @Test
    void figures_are_those_of_the_api_and_change_by_push() {
        signedInAt("", FakeControlPlane.OPERATOR);
        browser.run("window.notReloaded = true");
        long calls = controlPlane.fleet.calls.addAndGet(1_000);

        browser.see("#calls-total", "data-value", Long.toString(calls));
        assertThat(browser.text("#calls-total")).isEqualTo("%,d".formatted(calls));
        browser.see("#calls-per-second", "data-value", "1747");
        assertThat(browser.text("#sentence")).startsWith("Two problems.");
        assertThat(browser.run("return window.notReloaded")).isEqualTo(true);
    }

    @Test
    void the_data_shows_its_age_when_the_control_plane_falls_silent() {
        signedInAt("", FakeControlPlane.OPERATOR);
        browser.see("#live:not(.stale)", "Live");
        controlPlane.silent = true;
        try {
            browser.see("#live.stale", "Stale");
            browser.see("#disconnected", "does not answer");
            assertThat(browser.text("#calls-total")).isNotEmpty();
            browser.screenshot("disconnected");
        } finally {
            controlPlane.silent = false;
        }
        browser.see("#live:not(.stale)", "Live");
    }

    @Test
    void an_upgrade_goes_from_preview_to_result(@TempDir Path folder) throws Exception {
        var wasm =
                Files.write(folder.resolve("dex.wasm"), new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        signedInAt("contracts/dex?tab=versions", FakeControlPlane.OPERATOR);
        browser.click("#open-upgrade");
        browser.chooseFile("#code-upload", wasm);

        browser.see("#verdict", "Compatible with migration.");
        browser.see("#confirm[disabled]");
        browser.screenshot("upgrade-preview");
        browser.type("#typed-name input", "dex");
        browser.see("#confirm:not([disabled])");
        browser.click("#confirm");
        browser.see("#operation-progress", "data-state", "Running");
        browser.screenshot("upgrade-progress");
        browser.see("#operation-progress", "data-state", "Done");
        browser.see("#contract-version", "1.6.0");
        browser.see("#operation-progress", "/operations/op-");
    }

    @Test
    void a_file_that_is_no_contract_is_refused_in_words(@TempDir Path folder) throws Exception {
        var empty = Files.write(folder.resolve("empty.wasm"), new byte[] {0});
        signedInAt("contracts/token?panel=upgrade", FakeControlPlane.OPERATOR);
        browser.chooseFile("#code-upload", empty);

        browser.see("#change-panel", "is no WebAssembly module");
    }

    @Test
    void a_rollback_is_previewed_and_asks_for_the_name() {
        signedInAt("contracts/lending?tab=versions&panel=rollback", FakeControlPlane.OPERATOR);
        browser.see("#verdict", "Compatible.");
        browser.type("#typed-name input", "lending");
        browser.see("#confirm:not([disabled])");
        browser.click("#confirm");

        browser.see("#operation-progress", "data-state", "Done");
    }

    @Test
    void a_restore_says_what_is_lost_before_it_asks_for_the_name() {
        signedInAt("backups", FakeControlPlane.OPERATOR);
        browser.see("#verify-b-20418");
        browser.click("#restore-b-20418");

        browser.see("#calls-lost", "168,412");
        browser.see("#confirm[disabled]");
        browser.screenshot("restore");
        browser.type("#typed-name input", "main");
        browser.see("#confirm:not([disabled])");
        browser.click("#confirm");
        browser.see("#operation-progress", "data-state", "Done");
    }

    @Test
    void a_lost_primary_waits_for_one_button_when_the_strategy_is_manual() {
        signedInAt("failover?group=main", FakeControlPlane.OPERATOR);
        controlPlane.fleet.waiting = true;
        try {
            browser.see("#decide-failover", "Fail over to node-02");
            browser.screenshot("failover-waiting");
        } finally {
            controlPlane.fleet.waiting = false;
        }
    }

    @Test
    void the_strategy_is_switched_and_shown() {
        signedInAt("failover?group=main", FakeControlPlane.OPERATOR);
        browser.click("#strategy-manual");
        browser.see("#strategy-manual", "aria-pressed", "true");
        browser.click("#strategy-automatic");
        browser.see("#strategy-automatic", "aria-pressed", "true");
    }

    @Test
    void of_two_strategies_in_one_breath_the_second_holds() {
        signedInAt("failover?group=main", FakeControlPlane.OPERATOR);
        long before = controlPlane.fleet.policy.version();

        browser.clickTwice("#strategy-manual", "#strategy-automatic");

        browser.await("both were saved", () -> controlPlane.fleet.policy.version() == before + 2);
        assertThat(controlPlane.fleet.policy.strategy()).isEqualTo(Strategy.AUTOMATIC);
        browser.see("#strategy-automatic", "aria-pressed", "true");
        browser.seeNot("#policy .note");
    }

    @Test
    void two_clicks_on_confirm_are_one_operation() {
        signedInAt("backups", FakeControlPlane.OPERATOR);
        int before = controlPlane.fleet.operations.list(null).size();
        browser.click("#create-backup");

        browser.clickTwice("#confirm", "#confirm");

        browser.see("#operation-progress", "data-state", "Done");
        assertThat(controlPlane.fleet.operations.list(null)).hasSize(before + 1);
    }

    @Test
    void what_is_sent_again_because_no_answer_came_is_done_once() {
        signedInAt("backups", FakeControlPlane.OPERATOR);
        int before = controlPlane.fleet.operations.list(null).size();
        browser.click("#create-backup");
        controlPlane.losesAnswers = true;
        try {
            browser.click("#confirm");
            browser.see("vaadin-dialog", "No answer");
        } finally {
            controlPlane.losesAnswers = false;
        }

        browser.click("#confirm:not([disabled])");

        browser.see("#operation-progress", "data-state", "Done");
        assertThat(controlPlane.fleet.operations.list(null)).hasSize(before + 1);
    }

    @Test
    void a_dialog_is_left_with_escape_and_confirmed_with_enter() {
        signedInAt("backups", FakeControlPlane.OPERATOR);
        int before = controlPlane.fleet.operations.list(null).size();
        browser.click("#create-backup");
        browser.see("#confirm");
        browser.key(Keys.ESCAPE);
        browser.seeNot("#confirm");
        assertThat(controlPlane.fleet.operations.list(null)).hasSize(before);

        browser.click("#create-backup");
        browser.see("#confirm");
        browser.key(Keys.ENTER);
        browser.see("#operation-progress", "data-state", "Done");
    }

    @Test
    void a_typed_name_is_confirmed_with_enter_and_a_panel_left_with_escape() {
        signedInAt("contracts/lending?tab=versions&panel=rollback", FakeControlPlane.OPERATOR);
        browser.see("#verdict");
        browser.key(Keys.ESCAPE);
        browser.seeNot("#change-panel");

        browser.open("contracts/lending?tab=versions&panel=rollback");
        browser.type("#typed-name input", "lending");
        browser.see("#confirm:not([disabled])");
        browser.key(Keys.ENTER);
        browser.see("#operation-progress", "data-state", "Done");
    }

    @Test
    void a_long_list_of_nodes_is_loaded_as_far_as_it_is_scrolled() {
        controlPlane.fleet.spare = 240;
        try {
            signedInAt("nodes", FakeControlPlane.OPERATOR);
            browser.see("#nodes-table", "node-01");
            browser.see("[role=main]", "By name");
            browser.run("document.querySelector('#nodes-table').scrollToIndex(400)");
            browser.await(
                    "the end is shown",
                    () -> {
                        browser.run("document.querySelector('#nodes-table').scrollToIndex(400)");
                        return browser.text("#nodes-table").contains("spare-239");
                    });
            browser.see("#nodes-table", "spare-239");
        } finally {
            controlPlane.fleet.spare = 0;
        }
    }

    @Test
    void a_page_that_had_no_answer_is_there_as_soon_as_there_is_one() {
        signedInAt("", FakeControlPlane.OPERATOR);
        controlPlane.silent = true;
        try {
            browser.run("window.notReloaded = true");
            browser.click("vaadin-side-nav-item[path='audit']");
            browser.see(".trouble", "No answer");
        } finally {
            controlPlane.silent = false;
        }
        browser.see("#audit-table");
        assertThat(browser.run("return window.notReloaded")).isEqualTo(true);
    }

    @Test
    void ages_grow_while_nothing_else_changes() {
        signedInAt("operations", FakeControlPlane.OPERATOR);
        browser.see("#operations-table time");
        var before = browser.text("#operations-table time");

        browser.await(
                "the age grows", () -> !browser.text("#operations-table time").equals(before));
    }

    @Test
    void a_viewer_sees_the_controls_and_why_they_are_off() {
        signedInAt("contracts/dex", FakeControlPlane.VIEWER);
        browser.see(".needs", "Not permitted: needs role operator");
        browser.see("#open-upgrade[disabled]");
        assertThat(browser.attribute("#open-upgrade", "title"))
                .isEqualTo("Not permitted: needs role operator");
        browser.screenshot("viewer");

        browser.open("failover?group=main");
        browser.see("#switchover[disabled]");
        browser.see("#strategy-manual[disabled]");
    }

    @Test
    void a_no_of_the_api_is_shown_as_not_permitted() {
        signedInAt("failover?group=main", FakeControlPlane.OPERATOR);
        present = "";
        controlPlane.demoteEverybody();
        browser.click("#strategy-manual");

        browser.see("#policy", "Not permitted");
    }

    @Test
    void an_operation_has_a_page_of_its_own() {
        signedInAt("operations/op-8001", FakeControlPlane.VIEWER);
        browser.see("h1", "Upgrade dex");
        browser.see("#operation", "data-state", "Done");
        assertThat(browser.all("[data-step]")).hasSize(4);

        browser.open("operations/op-0");
        browser.see(".trouble", "There is no operation op-0");
    }

    @Test
    void a_page_that_does_not_exist_says_so() {
        signedInAt("nowhere", FakeControlPlane.OPERATOR);
        browser.see("[role=main]", "There is no page /nowhere");
        assertThat(browser.title()).isEqualTo("Not found · xwasm");
    }
}
