package io.xwasm.console.operations;

import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.span;
import static io.xwasm.console.look.Markup.tag;

import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Steps;
import io.xwasm.console.look.Times;
import io.xwasm.console.look.Tone;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.StepView;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The steps of an operation against the clock. */
final class Timeline {
    /** So that the bar of a running step does not touch the edge. */
    private static final double ROOM = 1.12;

    private Timeline() {}

    static Markup of(OperationView operation, Instant now) {
        var end = operation.endedAt();
        var until = end == null ? now : end;
        long span = Math.max(1, Duration.between(operation.startedAt(), until).toMillis());
        double scale = end == null ? span * ROOM : span;
        return div(
                "gantt",
                div(
                        "gh",
                        span("", "Step"),
                        div(
                                "gax",
                                span("", Times.clock(operation.startedAt()).substring(0, 8))
                                        .with("style", "left:0"),
                                end == null
                                        ? span("now", "now").with("style", left(span / scale))
                                        : span("", Figures.millis(span)).with("style", "right:0")),
                        span("end", "Took")),
                operation.steps().stream()
                        .map(s -> row(s, operation.startedAt(), now, scale))
                        .toList());
    }

    private static Markup row(StepView step, Instant origin, Instant now, double scale) {
        var tone = Tone.of(step.state());
        var start = step.startedAt();
        var sentence = step.sentence();
        var note =
                step.attempts() > 1
                        ? step.attempts() + " attempts" + (sentence == null ? "" : ", " + sentence)
                        : sentence;
        return div(
                        "gr k-" + tone.css(),
                        div("gut", span("wire"), tone.icon(tone.css())),
                        div(
                                "gn",
                                span(
                                        "b cut",
                                        Steps.sentenceCase(step.name()),
                                        span(
                                                "vh",
                                                " "
                                                        + step.state()
                                                                .name()
                                                                .toLowerCase(Locale.ROOT))),
                                note == null
                                        ? null
                                        : span(
                                                        step.attempts() > 1
                                                                ? "sm warn cut"
                                                                : "sm t3 cut",
                                                        note)
                                                .with("title", note)),
                        div(
                                "gt",
                                start == null || tone == Tone.TODO
                                        ? null
                                        : bar(step, tone, start, origin, now, scale)),
                        span("end num sm t2", took(step, tone, now)))
                .with("data-step", step.name());
    }

    private static Markup bar(
            StepView step, Tone tone, Instant start, Instant origin, Instant now, double scale) {
        var end = step.endedAt();
        double from = Duration.between(origin, start).toMillis() / scale;
        double width = Duration.between(start, end == null ? now : end).toMillis() / scale;
        return tag("i", "gb " + tone.css())
                .with(
                        "style",
                        left(from)
                                + String.format(
                                        Locale.ROOT, ";width:%.2f%%", 100 * Math.max(0, width)));
    }

    private static String left(double share) {
        return String.format(Locale.ROOT, "left:%.2f%%", 100 * Math.clamp(share, 0, 1));
    }

    private static String took(StepView step, Tone tone, Instant now) {
        var start = step.startedAt();
        if (start == null || tone == Tone.TODO) {
            return "";
        }
        var end = step.endedAt();
        return Figures.duration(Duration.between(start, end == null ? now : end).abs());
    }
}
