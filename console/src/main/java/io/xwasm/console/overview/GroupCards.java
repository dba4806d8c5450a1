package io.xwasm.console.overview;

import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.link;
import static io.xwasm.console.look.Markup.span;

import io.xwasm.console.live.Snapshot;
import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Icons;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Tone;
import io.xwasm.controlplane.api.FailoverReport;
import io.xwasm.controlplane.api.GroupView;
import io.xwasm.controlplane.api.MemberView;
import io.xwasm.controlplane.api.Strategy;
import java.util.Comparator;

/** One card per group: its members, and recovery against its objectives. */
final class GroupCards {
    private GroupCards() {}

    static Markup of(Snapshot snapshot) {
        if (snapshot.groups().isEmpty()) {
            return div(
                    "card",
                    Panels.empty(
                            "boxes",
                            "No group yet",
                            "Start an agent; it dials in and is listed here by itself."));
        }
        return Markup.of(
                snapshot.groups().stream()
                        .sorted(Comparator.comparingInt(g -> -severity(g)))
                        .map(GroupCards::card)
                        .toList());
    }

    private static int severity(GroupView group) {
        return switch (group.health()) {
            case BAD -> 3;
            case WARN -> 2;
            case UNKNOWN -> 1;
            case OK -> 0;
        };
    }

    private static Markup card(GroupView group) {
        var name = group.group().value();
        var strategy = group.policy().strategy() == Strategy.AUTOMATIC ? "Automatic" : "Manual";
        return div(
                        "card gcard",
                        div(
                                "row",
                                link("nm", "/failover?group=" + name, name),
                                Tone.of(group.health()).pill(Tone.word(group.health())),
                                span(
                                        "right sm t3 num",
                                        "epoch %d · %s".formatted(group.epoch(), strategy))),
                        div("mem", group.members().stream().map(m -> member(m, group)).toList()),
                        div("obj", rto(group), rpo(group)))
                .id("group-" + name)
                .with("title", group.sentence());
    }

    private static Markup member(MemberView member, GroupView group) {
        boolean primary = member.role().equals("primary");
        var name = link("b", "/nodes/" + member.node(), member.node());
        if (primary) {
            var rate = Figures.number(group.callsPerSecond()) + " calls/s";
            return Markup.of(
                    Icons.icon("circle-dot", "s14 run"),
                    name,
                    Tone.RUN.tag("primary"),
                    span("lag num sm", rate));
        }
        var word =
                !member.connected()
                        ? span("sm bad", "not connected")
                        : member.inSync()
                                ? span("sm t2", "in sync")
                                : span("sm warn", "catching up");
        return Markup.of(
                Icons.icon("corner-down-right", "s14 t3"),
                name,
                word,
                span(member.inSync() ? "lag num sm" : "lag num sm warn b", lag(member)));
    }

    private static String lag(MemberView member) {
        if (!member.connected()) {
            return "unknown";
        }
        var time = Figures.millis(member.lagMillis());
        return member.lagBlocks() > 0 && !member.inSync()
                ? "%s · %s".formatted(time, blocks(member.lagBlocks()))
                : time;
    }

    private static String blocks(long count) {
        return count == 1 ? "1 block" : Figures.count(count) + " blocks";
    }

    private static Markup rto(GroupView group) {
        double objective = group.policy().rtoSeconds();
        var report = group.lastFailover();
        if (report == null) {
            return div(
                    "",
                    div(
                            "row",
                            span("t2", "RTO"),
                            span("right t3 num", "objective " + seconds(objective))),
                    div("row sm t3", "no failover measured yet"));
        }
        double measured = report.rtoMillis() / 1000.0;
        var tone = measured <= objective ? Tone.OK : Tone.WARN;
        return div(
                "",
                div(
                        "row",
                        span("t2", "RTO"),
                        span(
                                "right num b" + (tone == Tone.OK ? "" : " warn"),
                                Figures.millis(report.rtoMillis())),
                        span("t3 num", "of " + seconds(objective))),
                Panels.bullet(measured, objective, tone));
    }

    private static Markup rpo(GroupView group) {
        long objective = group.policy().rpoCalls();
        var report = group.lastFailover();
        long lost = report == null ? 0 : report.rpoCalls();
        boolean held = group.inSync().size() > 1;
        return div(
                "",
                div(
                        "row",
                        span("t2", "RPO"),
                        report == null
                                ? span("right t3 num", "objective " + calls(objective))
                                : Markup.of(
                                        span(
                                                "right num b" + (lost > objective ? " bad" : ""),
                                                calls(lost)),
                                        span("t3 num", "of " + objective))),
                div(
                        "row sm t3 nowrap",
                        held
                                ? Icons.icon("check", "s14 ok")
                                : Icons.icon("triangle-alert", "s14 warn"),
                        held ? "held by the in-sync set" : "no standby in sync"));
    }

    private static String calls(long count) {
        return count == 1 ? "1 call" : Figures.count(count) + " calls";
    }

    private static String seconds(double seconds) {
        return Figures.millis(Math.round(seconds * 1000));
    }

    /** "failover in 190 ms". */
    static String brief(FailoverReport report) {
        return "%s in %s".formatted(report.kind(), Figures.millis(report.rtoMillis()));
    }
}
