package io.xwasm.console.nodes;

import static io.xwasm.console.look.Markup.bold;
import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.link;
import static io.xwasm.console.look.Markup.span;
import static io.xwasm.console.look.Markup.tag;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.xwasm.console.frame.Frame;
import io.xwasm.console.live.Snapshot;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Buttons;
import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.PageHead;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Table;
import io.xwasm.console.look.Times;
import io.xwasm.console.look.Tone;
import io.xwasm.controlplane.api.Health;
import io.xwasm.controlplane.api.MemberView;
import io.xwasm.controlplane.api.NodeView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All nodes, worst first; with a node in the address also its facts. */
@Route(value = "nodes/:node?", layout = Frame.class)
public final class NodesView extends Div implements BeforeEnterObserver, HasDynamicTitle {
    private static final long serialVersionUID = 1L;
    private static final String HEALTH = "health";

    private final transient SignedIn signedIn;
    private final PageHead head = new PageHead();
    private final Div chips = new Div();
    private final Fragment one = Fragment.transparent();
    private final Table<NodeView> table;
    private final Fragment phone = Fragment.transparent();
    private String wanted = "";
    private String filter = "";
    private transient Instant now = Instant.EPOCH;
    private transient @Nullable Snapshot newest;

    public NodesView(SignedIn signedIn) {
        this.signedIn = signedIn;
        addClassName("page");
        chips.addClassName("chips");
        table = table();
        var card = Panels.card(Markup.NONE, table);
        card.addClassName("gwide");
        add(head, one, chips, card, phone);
        signedIn.feed().follow(this, null, this::show);
    }

    @Override
    public String getPageTitle() {
        return wanted.isEmpty() ? "Nodes · xwasm" : wanted + " · nodes · xwasm";
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        wanted = event.getRouteParameters().get("node").orElse("");
        filter = event.getLocation().getQueryParameters().getSingleParameter(HEALTH).orElse("");
        if (newest != null) {
            show(newest);
        }
    }

    private void show(Snapshot snapshot) {
        newest = snapshot;
        now = snapshot.now();
        var nodes = snapshot.nodes();
        heading(nodes, snapshot.groups().size());
        offer(nodes);
        var one = nodes.stream().filter(n -> n.node().value().equals(wanted)).findFirst();
        this.one.show(
                one.map(n -> NodeFacts.of(n, now))
                        .orElse(
                                wanted.isEmpty()
                                        ? Markup.NONE
                                        : Panels.note(
                                                Tone.WARN,
                                                "circle-help",
                                                "There is no node ",
                                                bold(wanted),
                                                ".")));
        var rows =
                nodes.stream()
                        .filter(n ->
                                filter.isEmpty()
                                        || filter.equals("ok") == (n.health() == Health.OK))
                        .sorted(
                                Comparator.comparingInt((NodeView n) -> -severity(n))
                                        .thenComparing(NodeView::node))
                        .toList();
        table.show(rows);
        phone.show(tag("ul", "nmob", rows.stream().map(this::line).toList()));
    }

    private void heading(List<NodeView> nodes, int groups) {
        long healthy = nodes.stream().filter(n -> n.health() == Health.OK).count();
        long lost = nodes.stream().filter(n -> !n.connected()).count();
        var facts = new ArrayList<Markup>();
        facts.add(
                span(
                        "",
                        bold(nodes.size()),
                        " nodes in %d group%s".formatted(groups, groups == 1 ? "" : "s")));
        facts.add(span("", bold(healthy), " healthy"));
        if (healthy < nodes.size()) {
            facts.add(span("warn", bold(nodes.size() - healthy), " not"));
        }
        if (lost > 0) {
            facts.add(span("bad", bold(lost), " not connected"));
        }
        head.show(null, "Nodes", List.of(), facts);
    }

    private void offer(List<NodeView> nodes) {
        long healthy = nodes.stream().filter(n -> n.health() == Health.OK).count();
        chips.removeAll();
        chip("All", "", nodes.size());
        chip("Healthy", "ok", healthy);
        chip("Not healthy", "not", nodes.size() - healthy);
    }

    private void chip(String words, String value, long count) {
        var number = new Span(Long.toString(count));
        number.addClassName("n");
        var query = value.isEmpty() ? QueryParameters.empty() : QueryParameters.of(HEALTH, value);
        var chip =
                Buttons.choice(
                        new Span(new Span(words + " "), number),
                        filter.equals(value),
                        () -> UI.getCurrent().navigate("nodes", query));
        chip.addClassName("chip");
        chips.add(chip);
    }

    private static int severity(NodeView node) {
        return switch (node.health()) {
            case BAD -> 3;
            case WARN -> 2;
            case UNKNOWN -> 1;
            case OK -> 0;
        };
    }

    private Table<NodeView> table() {
        return new Table<NodeView>(
                        "nodes-table", (cursor, limit) -> signedIn.client().nodes(cursor, limit))
                .column("Status", "190px", NodesView::status)
                .column("Node", "90px+", n -> link("b", "/nodes/" + n.node(), n.node()))
                .column(
                        "Member of",
                        "176px+",
                        n ->
                                Markup.of(
                                        n.memberships().stream()
                                                .map(NodesView::membership)
                                                .toList()))
                .column("Version", "76px", n -> span("num t2", n.agentVersion()))
                .column("CPU", "100px", n -> meter(n.cpu()))
                .figures("Memory", "88px", n -> span("", Figures.bytes(n.residentBytes())))
                .figures("Free disk", "88px", n -> span("t2", Figures.bytes(n.freeDiskBytes())))
                .figures(
                        "fsync",
                        "80px",
                        n -> span("t2", Figures.number(n.lastFsyncMicros() / 1000.0) + "\u00a0ms"))
                .figures("Lag", "72px", n -> lag(n))
                .figures("Last seen", "92px", n -> Times.ago(n.lastSeenAt(), now))
                .figures("Up", "84px", n -> up(n))
                .whenEmpty(
                        Panels.empty(
                                "server",
                                "No node has dialled in",
                                Markup.of(
                                        "Start an agent whose ",
                                        span("mono", "control-plane.url"),
                                        " is this control plane; it appears here by itself.")))
                .atLeast(1040);
    }

    private static Markup status(NodeView node) {
        var word =
                node.health() == Health.OK
                        ? "Healthy"
                        : node.connected() ? node.sentence() : "Not connected";
        return Tone.of(node.health()).status(word).with("title", node.sentence());
    }

    private static Markup membership(MemberView member) {
        return span(
                "row",
                link("b", "/failover?group=" + member.group(), member.group()),
                member.role().equals("primary")
                        ? Tone.RUN.tag("primary")
                        : span(
                                "t2",
                                member.inSync()
                                        ? "standby, in sync"
                                        : member.role().replace('_', ' ')));
    }

    private static Markup meter(double share) {
        boolean high = share > 0.85;
        return div(
                "meter",
                Panels.bar(share, high ? Tone.BAD : Tone.OFF),
                span("num sm" + (high ? " bad b" : " t2"), Math.round(100 * share) + "\u00a0%"));
    }

    private static Markup lag(NodeView node) {
        long worst = node.memberships().stream().mapToLong(MemberView::lagMillis).max().orElse(0);
        boolean behind = node.memberships().stream().anyMatch(m -> !m.inSync());
        return span(behind ? "bad b" : "", worst == 0 ? "–" : Figures.millis(worst));
    }

    private Markup up(NodeView node) {
        var started = node.startedAt();
        return span("t2", started == null ? "–" : Figures.age(Duration.between(started, now)));
    }

    private Markup line(NodeView node) {
        return tag(
                "li",
                "",
                div("row", status(node), span("t3 sm right", Times.ago(node.lastSeenAt(), now))),
                div(
                        "row wrap",
                        link("b", "/nodes/" + node.node(), node.node()),
                        node.memberships().stream().map(NodesView::membership).toList(),
                        span("right num sm", lag(node))));
    }
}
