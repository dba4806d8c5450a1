package io.xwasm.console.failover;

import static io.xwasm.console.look.Markup.bold;
import static io.xwasm.console.look.Markup.span;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteAlias;
import io.xwasm.console.frame.Frame;
import io.xwasm.console.live.Snapshot;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Buttons;
import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.PageHead;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Times;
import io.xwasm.console.look.Tone;
import io.xwasm.controlplane.api.GroupView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One group's topology, readiness, strategy and history of failovers. */
@Route(value = "failover/:group?", layout = Frame.class)
@RouteAlias(value = "groups/:group?", layout = Frame.class)
public final class FailoverView extends Div implements BeforeEnterObserver, HasDynamicTitle {
    private static final long serialVersionUID = 1L;
    private static final String GROUP = "group";

    private final transient SignedIn signedIn;
    private final PageHead head;
    private final Div choices = new Div();
    private final WaitingNote waiting;
    private final Fragment topology = new Fragment();
    private final Fragment last = Fragment.transparent();
    private final Fragment ready = Fragment.transparent();
    private final PolicyCard policy;
    private final HistoryCard history;
    private final Button switchover;
    private final Div content;
    private final Fragment none = new Fragment();
    private String wanted = "";
    private List<String> names = List.of();
    private transient @Nullable GroupView group;
    private transient @Nullable Snapshot newest;

    public FailoverView(SignedIn signedIn) {
        this.signedIn = signedIn;
        addClassName("page");
        switchover = Buttons.primary("Switch over", "arrow-left-right", this::switchOver);
        switchover.setId("switchover");
        head = new PageHead(signedIn.actions(switchover));
        choices.addClassName("seg");
        choices.getElement().setAttribute("role", "group");
        choices.getElement().setAttribute("aria-label", "Group");
        waiting = new WaitingNote(signedIn);
        policy = new PolicyCard(signedIn);
        history = new HistoryCard(signedIn);
        var map = Panels.card(Markup.NONE, topology);
        map.setId("topology");
        content = Panels.columns(Panels.stack(map, last, history), Panels.stack(ready, policy));
        content.addClassName("vf");
        none.show(
                Panels.empty(
                        "boxes",
                        "No group yet",
                        "Start an agent; its group is listed here by itself."));
        add(head, choices, waiting, content, none);
        signedIn.feed().follow(this, null, this::show);
    }

    @Override
    public String getPageTitle() {
        return "Failover · %s · xwasm".formatted(wanted.isEmpty() ? "groups" : wanted);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        wanted =
                event.getRouteParameters()
                        .get(GROUP)
                        .or(() ->
                                event.getLocation().getQueryParameters().getSingleParameter(GROUP))
                        .orElse("");
        names = List.of();
        if (newest != null) {
            show(newest);
        }
    }

    private void show(Snapshot snapshot) {
        newest = snapshot;
        var all = snapshot.groups();
        if (wanted.isEmpty() && !all.isEmpty()) {
            wanted = all.getFirst().group().value();
        }
        offer(all.stream().map(g -> g.group().value()).toList());
        var found = snapshot.group(wanted);
        content.setVisible(found.isPresent());
        none.setVisible(found.isEmpty());
        switchover.setVisible(found.isPresent());
        if (found.isEmpty()) {
            head.show(
                    null,
                    "Failover",
                    List.of(),
                    List.of(span("", wanted.isEmpty() ? "" : "there is no group " + wanted)));
            waiting.setVisible(false);
            return;
        }
        var now = found.get();
        group = now;
        // A lost primary leaves one button, and it is not this one.
        switchover.setVisible(now.waiting() == null);
        heading(now, snapshot);
        waiting.show(now);
        topology.show(Topology.of(now));
        last.show(LastFailover.of(now, snapshot.now()));
        ready.show(ReadinessWords.of(now));
        policy.show(now);
        history.show(now.group(), snapshot.operations(), snapshot.now());
    }

    private void heading(GroupView now, Snapshot snapshot) {
        var facts = new ArrayList<Markup>();
        facts.add(span("", "epoch ", bold(now.epoch()).id("epoch")));
        facts.add(
                span(
                        "",
                        "in-sync set ",
                        bold(now.inSync().stream()
                                        .map(Object::toString)
                                        .collect(Collectors.joining(", ")))
                                .id("in-sync")));
        facts.add(span("", "block ", bold(Figures.count(now.height()))));
        var report = now.lastFailover();
        if (report != null) {
            facts.add(
                    span(
                            "",
                            "last %s ".formatted(report.kind()),
                            Times.ago(report.startedAt(), snapshot.now())));
        }
        head.show(
                null,
                "Failover",
                List.of(Tone.of(now.health()).pill(Tone.word(now.health()))),
                facts);
    }

    private void offer(List<String> groups) {
        if (groups.equals(names)) {
            return;
        }
        names = groups;
        choices.removeAll();
        choices.setVisible(groups.size() > 1);
        for (var name : groups) {
            choices.add(
                    Buttons.choice(
                            new Span(name),
                            name.equals(wanted),
                            () ->
                                    UI.getCurrent()
                                            .navigate(
                                                    "failover", QueryParameters.of(GROUP, name))));
        }
    }

    private void switchOver() {
        var now = group;
        if (now != null) {
            new SwitchoverDialog(signedIn, now).open();
        }
    }
}
