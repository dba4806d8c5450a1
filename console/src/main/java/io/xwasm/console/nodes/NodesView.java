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
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.console.frame.Frame;
import io.xwasm.console.live.Snapshot;
import io.xwasm.console.login.Answer;
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
import io.xwasm.controlplane.api.Page;
import io.xwasm.controlplane.api.RequestRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All nodes; with a node in the address also its facts. */
@Route(value = "nodes/:node?", layout = Frame.class)
public final class NodesView extends Div implements BeforeEnterObserver, HasDynamicTitle {
    private static final long serialVersionUID = 1L;
    private static final String HEALTH = "health";
    private static final String HEALTHY = "ok";
    private static final String UNHEALTHY = "not";
    private static final int NOT_FOUND = 404;

    /** Nodes that are looked at in one go for those of a certain health. */
    private static final int LOOKED_AT = 200;

    private final transient SignedIn signedIn;
    private final PageHead head = new PageHead();
    private final Div chips = new Div();
    private final Fragment order = new Fragment().as("right", "sm", "t3");
    private final Div place = new Div();
    private final Fragment one = Fragment.transparent();
    private final Table<NodeView> table;
    private final Fragment phone = Fragment.transparent();
    private String wanted = "";
    private String filter = "";
    private String offered = "";
    private transient Instant now = Instant.EPOCH;

    /** What the page shows, asked for in one go. */
    private record Shown(Page<NodeView> first, Optional<NodeView> wanted) {}

    public NodesView(SignedIn signedIn) {
        this.signedIn = signedIn;
        addClassName("page");
        chips.addClassName("chips");
        var bar = new Div(chips, order);
        bar.addClassNames("row", "wrap");
        place.addClassName("stack");
        table = table();
        head.show(null, "Nodes", List.of(), List.of());
        add(head, one, bar, place, phone);
        signedIn.feed().follow(this, null, this::heading);
        signedIn.feed().ask(this, this::ask, this::show);
    }

    @Override
    public String getPageTitle() {
        return wanted.isEmpty() ? "Nodes · xwasm" : wanted + " · nodes · xwasm";
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        wanted = event.getRouteParameters().get("node").orElse("");
        filter = event.getLocation().getQueryParameters().getSingleParameter(HEALTH).orElse("");
        load();
    }

    private void load() {
        place.removeAll();
        switch (signedIn.attempt(this::ask)) {
            case Answer.Got<Shown>(var shown) -> {
                var card = Panels.card(Markup.NONE, table);
                card.addClassName("gwide");
                place.add(card);
                show(shown);
            }
            case Answer.Refused<Shown>(var problem) ->
                    place.add(signedIn.instead(problem, this::load));
        }
    }

    private Shown ask() {
        var first = table.first();
        if (first.next() == null) {
            var worstFirst =
                    first.items().stream()
                            .sorted(
                                    Comparator.comparingInt((NodeView n) -> -severity(n))
                                            .thenComparing(NodeView::node))
                            .toList();
            first = new Page<>(worstFirst, null);
        }
        return new Shown(first, wanted.isEmpty() ? Optional.empty() : find());
    }

    private Optional<NodeView> find() {
        try {
            return Optional.of(signedIn.client().node(new NodeId(wanted)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        } catch (RequestRefused e) {
            if (e.problem().status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Page<NodeView> page(@Nullable String cursor, int limit) {
        if (filter.isEmpty()) {
            return signedIn.client().nodes(cursor, limit);
        }
        var found = new ArrayList<NodeView>();
        var next = cursor;
        do {
            var page = signedIn.client().nodes(next, LOOKED_AT);
            page.items().stream()
                    .filter(n -> filter.equals(HEALTHY) == (n.health() == Health.OK))
                    .forEach(found::add);
            next = page.next();
        } while (found.size() < limit && next != null);
        return new Page<>(found, next);
    }

    private void show(Shown shown) {
        now = signedIn.now();
        var rows = shown.first().items();
        boolean all = shown.first().next() == null;
        offer(rows, all);
        order.show(Markup.text(all ? "Worst first" : "By name"));
        one.show(
                shown.wanted()
                        .map(n -> NodeFacts.of(n, now))
                        .orElse(
                                wanted.isEmpty()
                                        ? Markup.NONE
                                        : Panels.note(
                                                Tone.WARN,
                                                "circle-help",
                                                "There is no node ",
                                                bold(wanted),
                                                ".")));
        table.show(shown.first());
        phone.show(
                Markup.of(
                        tag("ul", "nmob", rows.stream().map(this::line).toList()),
                        all
                                ? null
                                : div(
                                        "nmob sm t3",
                                        "The first %d; a wider screen lists all."
                                                .formatted(rows.size()))));
    }

    private void heading(Snapshot snapshot) {
        var status = snapshot.status();
        int lost = status.nodes() - status.nodesUp();
        var facts = new ArrayList<Markup>();
        facts.add(
                span(
                        "",
                        bold(status.nodes()),
                        " node%s in %d group%s"
                                .formatted(
                                        plural(status.nodes()),
                                        status.groups(),
                                        plural(status.groups()))));
        facts.add(span("", bold(status.nodesUp()), " up"));
        if (lost > 0) {
            facts.add(span("bad", bold(lost), " down"));
        }
        head.show(null, "Nodes", List.of(), facts);
    }

    private static String plural(int count) {
        return count == 1 ? "" : "s";
    }

    /** Counts stand on the choices when all nodes are known. */
    private void offer(List<NodeView> rows, boolean all) {
        boolean counted = all && filter.isEmpty();
        long healthy = rows.stream().filter(n -> n.health() == Health.OK).count();
        var now = "%s %b %d %d".formatted(filter, counted, rows.size(), healthy);
        if (now.equals(offered)) {
            return;
        }
        offered = now;
        chips.removeAll();
        chip("All", "", counted ? rows.size() : -1);
        chip("Healthy", HEALTHY, counted ? healthy : -1);
        chip("Not healthy", UNHEALTHY, counted ? rows.size() - healthy : -1);
    }

    /**
     * @param count negative when it is not known
     */
    private void chip(String words, String value, long count) {
        var content = new Span(words);
        if (count >= 0) {
            var number = new Span(" " + count);
            number.addClassName("n");
            content.add(number);
        }
        var query = value.isEmpty() ? QueryParameters.empty() : QueryParameters.of(HEALTH, value);
        var chip =
                Buttons.choice(
                        content,
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
        return new Table<NodeView>("nodes-table", this::page)
                .column("Status", "170px", NodesView::status)
                .column("Node", "90px+", n -> link("b", "/nodes/" + n.node(), n.node()))
                .column(
                        "Member of",
                        "176px+",
                        n ->
                                Markup.of(
                                        n.memberships().stream()
                                                .map(NodesView::membership)
                                                .toList()))
                .column("Version", "100px", n -> span("num t2", n.agentVersion()))
                .column("CPU", "100px", n -> meter(n.cpu()))
                .figures("Memory", "82px", n -> span("", Figures.bytes(n.residentBytes())))
                .figures("Free disk", "82px", n -> span("t2", Figures.bytes(n.freeDiskBytes())))
                .figures(
                        "fsync",
                        "80px",
                        n -> span("t2", Figures.number(n.lastFsyncMicros() / 1000.0) + "\u00a0ms"))
                .figures("Lag", "72px", n -> lag(n))
                .figures("Last seen", "88px", n -> Times.ago(n.lastSeenAt(), now))
                .figures("Up", "64px", n -> up(n))
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
