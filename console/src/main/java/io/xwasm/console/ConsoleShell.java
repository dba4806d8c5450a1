package io.xwasm.console;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.Viewport;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.theme.aura.Aura;

/** The document around every page. */
@Push
@Viewport("width=device-width, initial-scale=1")
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("css/fonts.css")
@StyleSheet("css/tokens.css")
@StyleSheet("css/base.css")
@StyleSheet("css/page.css")
@StyleSheet("css/controls.css")
@StyleSheet("css/frame.css")
@StyleSheet("css/table.css")
@StyleSheet("css/charts.css")
@StyleSheet("css/panel.css")
@StyleSheet("css/overview.css")
@StyleSheet("css/failover.css")
@StyleSheet("css/operations.css")
@StyleSheet("css/alerts.css")
@StyleSheet("css/backups.css")
@StyleSheet("css/login.css")
public final class ConsoleShell implements AppShellConfigurator {
    private static final long serialVersionUID = 1L;

    @Override
    public void configurePage(AppShellSettings settings) {
        settings.addFavIcon("icon", "/img/favicon.svg", "any");
        settings.setBodySize("100%", "100%");
        settings.addMetaTag("color-scheme", "light dark");
    }
}
