package io.xwasm.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.console.browser.Axe;
import io.xwasm.console.browser.Browser;
import io.xwasm.console.login.Doorway;
import io.xwasm.console.look.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every page in both themes, on a desk and on a phone; the pictures are left for people. */
final class PagesTest {
    private record Page(String name, String path, String title, String ready) {}

    private static final List<Page> PAGES =
            List.of(
                    new Page("overview", "", "Overview", "#golden-signals svg"),
                    new Page("contracts", "contracts", "Contracts", "#contracts-table"),
                    new Page("contract", "contracts/dex", "dex", "x-chart svg"),
                    new Page("versions", "contracts/dex?tab=versions", "dex", "#history-table"),
                    new Page("methods", "contracts/dex?tab=methods", "dex", "#methods-table"),
                    new Page("rollback", "contracts/dex?panel=rollback", "dex", "#verdict"),
                    new Page("failover", "failover/main", "Failover", "#topology svg"),
                    new Page("nodes", "nodes", "Nodes", "#live:not(.stale)"),
                    new Page("node", "nodes/node-02", "node-02", "#node-facts"),
                    new Page("backups", "backups", "Backups", "#recovery-points"),
                    new Page("backup", "backups/b-20418", "Backups", "#backup-facts"),
                    new Page("alerts", "alerts", "alerts", "#alert-detail"),
                    new Page("rules", "alerts?tab=rules", "alerts", "#rules-table"),
                    new Page("webhook", "alerts?tab=webhook", "alerts", "#webhook-url"),
                    new Page("operations", "operations", "Operations", "#operations-table"),
                    new Page("operation", "operations/op-8001", "Upgrade dex", "[data-step]"),
                    new Page("audit", "audit", "Audit log", "#audit-table"));

    private final List<String> violations = new ArrayList<>();
    private Axe axe;

    @Test
    void every_page_has_a_title_a_main_part_and_no_error(@TempDir Path temporary) throws Exception {
        axe = new Axe();
        try (var controlPlane = new FakeControlPlane(0);
                var ticks = Executors.newScheduledThreadPool(0, Thread.ofVirtual().factory())) {
            var doorway =
                    new Doorway(
                            controlPlane.address(),
                            new Environment("Development", false, "local"),
                            Clock.systemUTC(),
                            ticks);
            var console = new ConsoleServer("127.0.0.1", 0, doorway);
            console.start();
            try (var browser =
                    new Browser(
                            console.address(),
                            Files.createDirectory(temporary.resolve("chromium")),
                            Path.of("target", "screenshots"))) {
                browser.openAsStranger("");
                browser.screenshot("login");
                browser.signIn(FakeControlPlane.OPERATOR, FakeControlPlane.PASSWORD);
                browser.see("#live");
                PAGES.forEach(page -> look(browser, page));
                assertThat(browser.complaints()).isEmpty();
                assertThat(violations).isEmpty();
            } finally {
                console.stop();
            }
        }
    }

    private void look(Browser browser, Page page) {
        browser.size(1440, 1000);
        browser.open(page.path());
        browser.see(page.ready());
        assertThat(browser.title()).contains(page.title()).endsWith("xwasm");
        assertThat(browser.all("[role=main]")).hasSize(1);
        browser.see("h1");
        for (var theme : List.of("dark", "light")) {
            browser.theme(theme);
            browser.screenshot("%s-%s-1440".formatted(page.name(), theme));
            for (var violation : axe.violations(browser)) {
                violations.add("%s, %s: %s".formatted(page.name(), theme, violation));
            }
        }
        browser.size(390, 1200);
        browser.see(page.ready().equals("#live:not(.stale)") ? ".nmob" : "[role=main]");
        assertThat(browser.run("return document.documentElement.scrollWidth"))
                .as("width of %s on a phone", page.name())
                .isEqualTo(390L);
        for (var theme : List.of("dark", "light")) {
            browser.theme(theme);
            browser.screenshot("%s-%s-390".formatted(page.name(), theme));
        }
    }
}
