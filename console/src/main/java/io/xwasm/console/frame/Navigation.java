package io.xwasm.console.frame;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import io.xwasm.console.live.Snapshot;
import io.xwasm.console.look.Brand;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Icons;
import io.xwasm.console.look.Markup;

/** The drawer: where one can go, and how much is there. */
final class Navigation extends Div {
    private static final long serialVersionUID = 1L;

    private final Span alerts = count("nav-alerts");
    private final Span operations = count("nav-operations");
    private final Span nodes = count("nav-nodes");
    private final Span contracts = count("nav-contracts");
    private final Fragment foot = new Fragment().as("drawerfoot");

    Navigation() {
        addClassName("drawer");
        var top = new SideNav();
        top.addItem(
                item("Overview", "", "layout-dashboard", null),
                item("Alerts", "alerts", "bell", alerts),
                item("Operations", "operations", "activity", operations));
        var fleet = new SideNav("Fleet");
        fleet.addItem(
                item("Nodes", "nodes", "server", nodes),
                item("Contracts", "contracts", "file-code-2", contracts));
        var protect = new SideNav("Protect");
        protect.addItem(
                item("Backups", "backups", "archive", null),
                item("Failover", "failover", "arrow-left-right", null));
        var govern = new SideNav("Govern");
        govern.addItem(item("Audit log", "audit", "scroll-text", null));
        add(new Fragment(Brand.mark()).as("brand"), top, fleet, protect, govern, foot);
    }

    void show(Snapshot snapshot) {
        var status = snapshot.status();
        set(alerts, status.firingAlerts(), "bad");
        set(operations, status.runningOperations(), "run");
        set(nodes, status.nodes(), "");
        set(contracts, status.contracts(), "");
        int members = status.controlPlaneMembers();
        foot.show(
                Markup.of(
                        Markup.div("", "Control plane " + status.controlPlaneVersion()),
                        Markup.div("", members == 1 ? "1 member" : members + " members agree")));
    }

    private static void set(Span badge, int number, String tone) {
        badge.setText(Integer.toString(number));
        badge.setVisible(number > 0 || tone.isEmpty());
        badge.setClassName("navcount" + (tone.isEmpty() ? "" : " " + tone));
    }

    private static Span count(String id) {
        var badge = new Span();
        badge.setId(id);
        badge.setVisible(false);
        return badge;
    }

    private static SideNavItem item(
            String words, String path, String icon, @org.jspecify.annotations.Nullable Span count) {
        var item = new SideNavItem(words, path, Icons.component(icon));
        if (count != null) {
            item.setSuffixComponent(count);
        }
        item.setMatchNested(!path.isEmpty());
        item.getElement().setAttribute("title", words);
        return item;
    }
}
