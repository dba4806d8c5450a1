package io.xwasm.console.failover;

import static io.xwasm.console.look.Markup.bold;
import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.span;
import static io.xwasm.console.look.Markup.tag;

import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Icons;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Prose;
import io.xwasm.console.look.Tone;
import io.xwasm.controlplane.api.Check;
import io.xwasm.controlplane.api.GroupView;

/** One verdict and what it rests on; recovery against its objectives. */
final class ReadinessWords {
    private ReadinessWords() {}

    static Markup of(GroupView group) {
        return Markup.of(verdict(group), recovery(group));
    }

    private static Markup verdict(GroupView group) {
        var readiness = group.readiness();
        boolean safe = readiness.safe();
        return div(
                        "card",
                        div(
                                "verdict " + (safe ? "ok" : "warn"),
                                Icons.icon(safe ? "shield-check" : "shield-alert", "s20"),
                                div(
                                        "",
                                        tag(
                                                "h2",
                                                "",
                                                safe
                                                        ? "Safe to switch over now"
                                                        : "Not safe to switch over now"),
                                        safe
                                                ? Markup.NONE
                                                : div("sm", reason(readiness.sentence())))),
                        tag(
                                "ul",
                                "chk",
                                readiness.checks().stream().map(ReadinessWords::check).toList()))
                .id("readiness");
    }

    /** "Not safe now: so and so" stands below a title that says the first half. */
    private static String reason(String sentence) {
        return Prose.sentence(sentence.substring(sentence.indexOf(": ") + 1));
    }

    private static Markup check(Check check) {
        var tone = Tone.of(check.health());
        return tag(
                "li",
                tone.css(),
                tone.icon(tone.css()),
                span("grow", Prose.capital(check.text())),
                span("sm t3", check.detail()));
    }

    private static Markup recovery(GroupView group) {
        var policy = group.policy();
        var report = group.lastFailover();
        long objective = Math.round(policy.rtoSeconds() * 1000);
        long predicted = group.readiness().predictedMillis();
        return Panels.card(
                        Panels.head("Recovery", "against objective", null),
                        div(
                                "cb rec",
                                div(
                                        "",
                                        objective("RTO", Figures.millis(objective)),
                                        time("Predicted now", predicted, objective),
                                        report == null
                                                ? null
                                                : time(
                                                        "Last " + report.kind(),
                                                        report.rtoMillis(),
                                                        objective)),
                                div(
                                        "",
                                        objective("RPO", calls(policy.rpoCalls())),
                                        report == null
                                                ? lost("Last failover", -1, policy.rpoCalls())
                                                : lost(
                                                        "Last " + report.kind(),
                                                        report.rpoCalls(),
                                                        policy.rpoCalls()))))
                .id("recovery");
    }

    private static Markup objective(String name, String value) {
        return div("row rh1", span("b", name), span("t3 sm right", "objective ", bold(value)));
    }

    private static Markup time(String name, long millis, long objective) {
        boolean met = millis >= 0 && millis <= objective;
        return div(
                "rr",
                span("sm t2", name),
                millis < 0
                        ? span("sm t3", "unknown")
                        : Panels.bullet(
                                (double) millis, (double) objective, met ? Tone.OK : Tone.BAD),
                span(
                        "end num sm b" + (millis > objective ? " bad" : ""),
                        millis < 0 ? "–" : Figures.millis(millis)));
    }

    private static Markup lost(String name, long calls, long objective) {
        boolean met = calls <= objective;
        var word =
                calls < 0
                        ? span("sm t3", "not measured yet")
                        : div(
                                "row sm t3",
                                Icons.icon(met ? "check" : "x", met ? "s14 ok" : "s14 bad"),
                                met ? "met" : "missed");
        return div(
                "rr",
                span("sm t2", name),
                word,
                span("end num sm b" + (met ? "" : " bad"), calls < 0 ? "–" : calls(calls))
                        .id("last-rpo"));
    }

    private static String calls(long count) {
        return count == 1 ? "1 call" : Figures.count(count) + " calls";
    }
}
