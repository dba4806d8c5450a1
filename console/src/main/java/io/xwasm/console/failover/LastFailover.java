package io.xwasm.console.failover;

import static io.xwasm.console.look.Markup.bold;
import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.link;
import static io.xwasm.console.look.Markup.span;

import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Icons;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Steps;
import io.xwasm.console.look.Times;
import io.xwasm.console.look.Tone;
import io.xwasm.controlplane.api.FailoverReport;
import io.xwasm.controlplane.api.GroupView;
import io.xwasm.controlplane.api.Phase;
import java.time.Instant;
import java.util.stream.Collectors;

/** The newest failover or switchover, phase by phase. */
final class LastFailover {
    private LastFailover() {}

    static Markup of(GroupView group, Instant now) {
        var report = group.lastFailover();
        if (report == null) {
            return Panels.card(
                    Panels.head("Last failover", null, null),
                    Panels.empty(
                            "arrow-left-right",
                            "None has been measured",
                            "Switch over once: it loses nothing, and RTO is known from then on."));
        }
        var lost =
                report.rpoCalls() == 0
                        ? "0 calls lost"
                        : Figures.count(report.rpoCalls()) + " calls lost";
        return Panels.card(
                        Panels.head(
                                "Last " + report.kind(),
                                Markup.of(
                                        report.from() + " → " + report.to() + ", ",
                                        Times.ago(report.startedAt(), now)),
                                Markup.of(
                                        (report.rpoCalls() == 0 ? Tone.OK : Tone.BAD).pill(lost),
                                        span("b num", Figures.millis(report.rtoMillis()))
                                                .id("last-rto")
                                                .with(
                                                        "data-value",
                                                        Long.toString(report.rtoMillis())))),
                        div("cb", phases(report), story(report)))
                .id("last-failover");
    }

    private static Markup phases(FailoverReport report) {
        var columns =
                report.phases().stream()
                        .map(p -> "minmax(86px,%dfr)".formatted(Math.max(1, p.millis())))
                        .collect(Collectors.joining(" "));
        return div("ph", report.phases().stream().map(LastFailover::phase).toList())
                .with("style", "grid-template-columns:" + columns);
    }

    private static Markup phase(Phase phase) {
        return div(
                "phase",
                bold(Steps.sentenceCase(phase.name())),
                span("num", Figures.millis(phase.millis())));
    }

    private static Markup story(FailoverReport report) {
        return div(
                "row top sm t2 story",
                Icons.icon("circle-dot", "s14"),
                span("", Times.clock(report.startedAt()) + " " + report.reason()),
                span(
                        "right num t3",
                        "epoch %d → %d".formatted(report.epochBefore(), report.epochAfter())),
                link("lnk", "/operations/" + report.operation(), "Open report"));
    }
}
