package io.xwasm.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.console.login.Doorway;
import io.xwasm.console.look.Environment;
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

/** What a person sees and does, in a real browser, against {@link FakeControlPlane}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConsoleInBrowserTest {
    private FakeControlPlane controlPlane;
    private ScheduledExecutorService ticks;
    private ConsoleServer console;
    private Browser browser;
    private String present = "";

    @BeforeAll
    void start() throws Exception {
        controlPlane = new FakeControlPlane(0);
        ticks = Executors.newScheduledThreadPool(0, Thread.ofVirtual().factory());
        var environment = new Environment("Production", true, "prod-eu");
        console =
                new ConsoleServer(
                        "127.0.0.1",
                        0,
                        new Doorway(controlPlane.address(), environment, Clock.systemUTC(), ticks));
        console.start();
        browser = new Browser(console.address());
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
    void a_viewer_sees_the_controls_and_why_they_are_off() {
        signedInAt("contracts/dex", FakeControlPlane.VIEWER);
        browser.see(".needs", "needs role operator");
        assertThat(browser.see("#open-upgrade").getDomAttribute("disabled")).isNotNull();
        assertThat(browser.see("#open-upgrade").getDomAttribute("title"))
                .isEqualTo("needs role operator");
        browser.screenshot("viewer");

        browser.open("failover?group=main");
        assertThat(browser.see("#switchover").getDomAttribute("disabled")).isNotNull();
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
    }
}
