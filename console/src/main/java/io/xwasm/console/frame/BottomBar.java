package io.xwasm.console.frame;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import io.xwasm.console.look.Icons;

/** The main pages on a phone. */
final class BottomBar {
    private record Target(String words, String path, String icon) {}

    private static final Target[] TARGETS = {
        new Target("Overview", "", "layout-dashboard"),
        new Target("Alerts", "alerts", "bell"),
        new Target("Nodes", "nodes", "server"),
    };

    private BottomBar() {}

    static void fill(Div bar, String path, Runnable openDrawer) {
        bar.removeAll();
        for (var target : TARGETS) {
            var anchor = new Anchor("/" + target.path());
            anchor.add(Icons.component(target.icon()), new Span(target.words()));
            if (path.equals(target.path())) {
                anchor.addClassName("on");
                anchor.getElement().setAttribute("aria-current", "page");
            }
            bar.add(anchor);
        }
        var more = new NativeButton();
        more.add(Icons.component("menu"), new Span("More"));
        more.addClickListener(_ -> openDrawer.run());
        bar.add(more);
    }
}
