package io.xwasm.console.alerts;

import static io.xwasm.console.look.Markup.bold;
import static io.xwasm.console.look.Markup.span;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.xwasm.console.frame.Frame;
import io.xwasm.console.live.Snapshot;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Figures;
import io.xwasm.console.look.PageHead;
import io.xwasm.console.look.TabLinks;
import io.xwasm.console.look.Times;
import java.util.List;

/** Active alerts, rules, history and webhook, one tab each. */
@Route(value = "alerts", layout = Frame.class)
public final class AlertsView extends Div implements BeforeEnterObserver, HasDynamicTitle {
    private static final long serialVersionUID = 1L;
    private static final List<String> TABS = List.of("active", "rules", "history", "webhook");

    private final transient SignedIn signedIn;
    private final PageHead head = new PageHead();
    private final Div place = new Div();
    private int firing;

    public AlertsView(SignedIn signedIn) {
        this.signedIn = signedIn;
        addClassName("page");
        head.show(null, "Alerts", List.of(), List.of());
        signedIn.feed().follow(this, null, this::show);
    }

    @Override
    public String getPageTitle() {
        return firing == 0 ? "Alerts · xwasm" : firing + " alerts · xwasm";
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var query = event.getLocation().getQueryParameters();
        var tab = query.getSingleParameter("tab").filter(TABS::contains).orElse("active");
        removeAll();
        place.removeAll();
        place.addClassName("stack");
        place.add(content(tab, query.getSingleParameter("alert").orElse("")));
        add(head, new TabLinks("Alerts", "alerts", TABS, tab), place);
    }

    private Component content(String tab, String selected) {
        return switch (tab) {
            case "rules" -> new RulesTab(signedIn);
            case "history" -> new HistoryTab(signedIn);
            case "webhook" -> new WebhookTab(signedIn);
            default -> new ActiveTab(signedIn, selected);
        };
    }

    private void show(Snapshot snapshot) {
        var status = snapshot.status();
        firing = snapshot.alerts().size();
        long critical =
                snapshot.alerts().stream().filter(a -> a.severity().equals("critical")).count();
        head.show(
                null,
                "Alerts",
                List.of(),
                List.of(
                        span(
                                "",
                                bold(critical),
                                " critical, ",
                                bold(firing - critical),
                                firing - critical == 1 ? " warning" : " warnings"),
                        span(
                                "",
                                "%s rules evaluated ".formatted(Figures.count(status.rules())),
                                Times.ago(status.rulesEvaluatedAt(), snapshot.now()),
                                " in %s\u00a0ms".formatted(Figures.number(status.rulesMillis())))));
    }
}
