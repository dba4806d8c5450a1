package io.xwasm.console.frame;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.component.page.WebStorage;
import io.xwasm.console.live.Snapshot;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Buttons;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Icons;
import io.xwasm.console.look.Markup;
import io.xwasm.controlplane.api.Role;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Fleet and environment at the left; age of the data, alerts, theme and user at the right. */
final class TopBar extends Div {
    private static final long serialVersionUID = 1L;
    private static final String THEME = "xwasm-theme";

    private final AgePill age = new AgePill();
    private final Span firing = new Span();
    private final Anchor bell = new Anchor("/alerts");
    private final Map<ColorScheme.Value, NativeButton> themes =
            new EnumMap<>(ColorScheme.Value.class);

    TopBar(SignedIn signedIn) {
        addClassName("topbar");
        var environment = signedIn.environment();
        var where =
                Markup.of(
                        Markup.span("fleetname", environment.fleet()),
                        Markup.span(
                                        "env",
                                        Icons.icon("lock", "s12"),
                                        Markup.span("", environment.name()))
                                .id("environment"));
        var space = new Div();
        space.addClassName("grow");
        bell.addClassName("tbtn");
        bell.setId("alert-bell");
        firing.addClassName("dotn");
        bell.add(Icons.component("bell"), firing);
        var zone =
                new Fragment(Markup.span("utc only-tab", "UTC").with("title", "All times are UTC"));
        add(
                new Fragment(where).as("row"),
                space,
                zone,
                age,
                bell,
                themeSwitch(),
                userMenu(signedIn));
    }

    void show(Snapshot snapshot) {
        age.show(snapshot);
        int count = snapshot.status().firingAlerts();
        firing.setText(Integer.toString(count));
        firing.setVisible(count > 0);
        bell.getElement()
                .setAttribute("aria-label", count == 0 ? "No alert fires" : count + " alerts fire");
    }

    /** A person's choice of theme is kept in their browser. */
    void applyRememberedTheme(UI ui) {
        mark(ColorScheme.Value.SYSTEM);
        WebStorage.getItem(
                ui,
                WebStorage.Storage.LOCAL_STORAGE,
                THEME,
                name -> {
                    for (var value : themes.keySet()) {
                        if (value.name().equals(name)) {
                            apply(ui, value);
                        }
                    }
                });
    }

    private Component themeSwitch() {
        var group = new Div();
        group.addClassNames("seg", "ico", "only-tab");
        group.getElement().setAttribute("role", "group");
        group.getElement().setAttribute("aria-label", "Theme");
        group.add(
                theme("monitor", ColorScheme.Value.SYSTEM),
                theme("sun", ColorScheme.Value.LIGHT),
                theme("moon", ColorScheme.Value.DARK));
        return group;
    }

    private NativeButton theme(String icon, ColorScheme.Value value) {
        var button =
                Buttons.choice(
                        Icons.component(icon),
                        value == ColorScheme.Value.SYSTEM,
                        () -> {
                            var ui = UI.getCurrent();
                            apply(ui, value);
                            WebStorage.setItem(
                                    ui, WebStorage.Storage.LOCAL_STORAGE, THEME, value.name());
                        });
        var name = value.name().toLowerCase(Locale.ROOT);
        button.setId("theme-" + name);
        button.getElement().setAttribute("aria-label", "Theme: " + name);
        themes.put(value, button);
        return button;
    }

    private void apply(UI ui, ColorScheme.Value value) {
        ui.getPage().setColorScheme(value);
        mark(value);
    }

    private void mark(ColorScheme.Value chosen) {
        themes.forEach((value, button) ->
                button.getElement()
                        .setAttribute("aria-pressed", Boolean.toString(value == chosen)));
    }

    private static Component userMenu(SignedIn signedIn) {
        var role = signedIn.role() == Role.OPERATOR ? "operator" : "viewer";
        var button = new NativeButton();
        button.addClassName("tbtn");
        button.setId("user-menu");
        var avatar = new Span(initials(signedIn.user()));
        avatar.addClassName("ava");
        var who = new Span(", %s, %s".formatted(signedIn.user(), role));
        who.addClassName("vh");
        button.add(avatar, who);
        var menu = new ContextMenu(button);
        menu.setOpenOnClick(true);
        var name =
                menu.addItem(
                        new Fragment(
                                Markup.of(
                                        Markup.bold(signedIn.user()),
                                        " ",
                                        Markup.span("t2", role))));
        name.setEnabled(false);
        menu.addSeparator();
        var out = menu.addItem("Sign out", _ -> signedIn.signOut());
        out.setId("sign-out");
        return button;
    }

    /** Of the first two words of a name: "operator-1" is O1. */
    private static String initials(String user) {
        return Pattern.compile("[-._ ]+")
                .splitAsStream(user)
                .filter(word -> !word.isEmpty())
                .limit(2)
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
