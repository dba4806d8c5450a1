package io.xwasm.console.failover;

import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.span;
import static io.xwasm.console.look.Markup.tag;

import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Icons;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Panels;
import io.xwasm.controlplane.api.GroupView;
import io.xwasm.controlplane.api.MemberView;
import java.util.List;
import java.util.stream.Collectors;

/** The members of a group and what flows between them, as a drawing and as a table. */
final class Topology {
    private static final int STANDBY_HEIGHT = 78;
    private static final int STANDBY_STEP = 98;
    private static final int LEAST = 150;

    private Topology() {}

    static Markup of(GroupView group) {
        return Markup.of(
                Panels.head(
                        "Topology",
                        group.group() + ", live",
                        span("key sm t2 only-tab", "in sync").with("style", "--k:var(--x-ok-dot)")),
                div("topo", drawing(group)),
                tag(
                        "details",
                        "tfoot asdetails",
                        tag(
                                "summary",
                                "row sm",
                                Icons.icon("columns-3", "s14 t3"),
                                span("lnk", "Show as table"),
                                span(
                                        "right t3 only-tab",
                                        "Arrows are replication; labels are lag")),
                        table(group)));
    }

    private static Markup drawing(GroupView group) {
        var members = group.members();
        var primary = members.stream().filter(m -> m.role().equals("primary")).findFirst();
        var standbys = members.stream().filter(m -> !m.role().equals("primary")).toList();
        int height = Math.max(LEAST, standbys.size() * STANDBY_STEP + 12);
        int middle = height / 2;
        var out = new StringBuilder();
        out.append(
                "<svg viewBox='0 0 780 %d' role='img' aria-label='%s'>"
                        .formatted(height, escaped(sentence(group))));
        out.append(marker("ar", "--x-ok-dot"))
                .append(marker("aw", "--x-warn-dot"))
                .append(marker("ag", "--x-ink-3"));
        out.append(callers(group, middle));
        primary.ifPresent(m -> out.append(box(m, 188, middle - 46, 92, true)));
        boolean fed = primary.isPresent() && primary.get().connected();
        for (int i = 0; i < standbys.size(); i++) {
            int top =
                    (height - standbys.size() * STANDBY_STEP) / 2
                            + i * STANDBY_STEP
                            + (STANDBY_STEP - STANDBY_HEIGHT) / 2;
            out.append(
                    edge(
                            standbys.get(i),
                            fed,
                            middle,
                            top + STANDBY_HEIGHT / 2,
                            standbys.size(),
                            i));
            out.append(box(standbys.get(i), 532, top, STANDBY_HEIGHT, false));
        }
        return new Markup(out.append("</svg>").toString());
    }

    private static String callers(GroupView group, int middle) {
        return """
        <g class='lb'><rect x='12' y='%d' width='104' height='56' rx='8'/>\
        <text x='64' y='%d' class='t' text-anchor='middle'>callers</text>\
        <text x='64' y='%d' class='d' text-anchor='middle'>%s</text></g>\
        <path d='M116 %dH186' class='e g'/>\
        <text x='151' y='%d' class='d' text-anchor='middle'>%s/s</text>\
        """
                .formatted(
                        middle - 28,
                        middle - 4,
                        middle + 14,
                        group.serving() ? "served" : "refused",
                        middle,
                        middle - 8,
                        Figures.number(group.callsPerSecond()));
    }

    private static String marker(String id, String colour) {
        return """
        <defs><marker id='%s' viewBox='0 0 8 8' refX='7' refY='4' markerWidth='7' \
        markerHeight='7' orient='auto'><path d='M0 0L8 4L0 8z' fill='var(%s)'/></marker></defs>\
        """
                .formatted(id, colour);
    }

    private static String box(MemberView member, int x, int y, int height, boolean primary) {
        var root = member.root().toString();
        return """
        <g class='n%s'><rect x='%d' y='%d' width='220' height='%d' rx='8'/>%s\
        <text x='%d' y='%d' class='t'>%s</text>\
        <text x='%d' y='%d' class='%s' text-anchor='end'>%s</text>\
        <text x='%d' y='%d' class='d'>block %s</text>\
        <text x='%d' y='%d' class='m'>root %s</text></g>\
        """
                .formatted(
                        primary ? " p" : "",
                        x,
                        y,
                        height,
                        primary
                                ? "<rect x='%d' y='%d' width='220' height='3' rx='1.5' class='cap'/>"
                                        .formatted(x, y)
                                : "",
                        x + 16,
                        y + 27,
                        escaped(member.node().value()),
                        x + 204,
                        y + 27,
                        primary ? "role" : member.inSync() ? "sy" : "sy behind",
                        state(member, primary),
                        x + 16,
                        y + 48,
                        Figures.count(member.height()),
                        x + 16,
                        y + (primary ? 72 : 66),
                        root.substring(0, 4) + "…" + root.substring(60));
    }

    private static String state(MemberView member, boolean primary) {
        if (!member.connected()) {
            return "not connected";
        }
        return primary ? "primary" : member.inSync() ? "✓ in sync" : "catching up";
    }

    private static String edge(
            MemberView member, boolean fed, int from, int to, int count, int place) {
        boolean flows = fed && member.connected();
        int start = from + (2 * place - count + 1) * 14;
        var css = !flows ? "e g cutoff" : member.inSync() ? "e ok" : "e w";
        int x = 470;
        int y = (start + to) / 2;
        return """
        <path d='M408 %d C470 %d 470 %d 530 %d' class='%s'/>\
        <g class='lg'><rect x='%d' y='%d' width='78' height='22' rx='11'/>\
        <text x='%d' y='%d' text-anchor='middle'>%s</text></g>\
        """
                .formatted(
                        start,
                        start,
                        to,
                        to,
                        css,
                        x - 39,
                        y - 11,
                        x,
                        y + 4,
                        flows ? Figures.millis(member.lagMillis()) : "unknown");
    }

    private static String sentence(GroupView group) {
        var standbys =
                group.members().stream()
                        .filter(m -> !m.role().equals("primary"))
                        .map(m ->
                                "%s, %s, lag %s"
                                        .formatted(
                                                m.node(),
                                                state(m, false),
                                                Figures.millis(m.lagMillis())))
                        .collect(Collectors.joining("; "));
        return "%s: primary %s replicates to %s"
                .formatted(group.group(), group.primary(), standbys);
    }

    private static Markup table(GroupView group) {
        var rows =
                group.members().stream()
                        .map(m ->
                                tag(
                                        "tr",
                                        "",
                                        cells(
                                                m.node(),
                                                m.role().replace('_', ' '),
                                                m.inSync() ? "in sync" : "not in sync",
                                                m.epoch(),
                                                Figures.count(m.height()),
                                                Figures.millis(m.lagMillis()),
                                                m.root().abbreviated())))
                        .toList();
        var heads =
                List.of("Node", "Role", "In-sync set", "Epoch", "Block", "Lag", "Root").stream()
                        .map(h -> tag("th", "", h))
                        .toList();
        return tag("table", "plaintable", tag("tr", "", heads), rows);
    }

    private static List<Markup> cells(Object... values) {
        return List.of(values).stream().map(v -> tag("td", "num", v)).toList();
    }

    private static String escaped(String text) {
        return Markup.text(text).html();
    }
}
