package io.xwasm.console.overview;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.xwasm.console.frame.Frame;
import io.xwasm.console.live.Snapshot;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.SignalsCard;
import io.xwasm.controlplane.api.GroupView;
import java.time.Duration;

/** Health in one sentence, golden signals, groups, alerts, operations. */
@Route(value = "", layout = Frame.class)
@PageTitle("Overview · xwasm")
public final class OverviewView extends Div {
    private static final long serialVersionUID = 1L;
    private static final Duration RANGE = Duration.ofMinutes(15);

    private final Fragment sentence = new Fragment().as("phead", "say1", "sayhead");
    private final SignalsCard signals = new SignalsCard("all contracts, last 15 min, UTC");
    private final Fragment groups = new Fragment().as("groups");
    private final Fragment side = new Fragment().as("stack");

    public OverviewView(SignedIn signedIn) {
        addClassName("page");
        var groupsHead =
                new Fragment(
                                Markup.of(
                                        Markup.tag("h2", "h", "Groups"),
                                        Markup.span("t3 sm", "worst first"),
                                        Markup.span(
                                                "right sm t3 only-tab",
                                                "RTO and RPO: last measured, against objective")))
                        .as("row");
        add(sentence, Panels.columns(Panels.stack(signals, groupsHead, groups), side));
        signedIn.feed().follow(this, RANGE, this::show);
    }

    private void show(Snapshot snapshot) {
        sentence.show(Sentence.of(snapshot));
        var values = snapshot.signals().get(RANGE);
        if (values != null) {
            signals.show(
                    values,
                    snapshot.groups().stream().mapToDouble(GroupView::callsPerSecond).sum(),
                    snapshot.operations());
        }
        groups.show(GroupCards.of(snapshot));
        side.show(
                Markup.of(
                        Recent.alerts(snapshot),
                        Recent.running(snapshot),
                        Recent.changes(snapshot)));
    }
}
