package io.xwasm.console.look;

import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.span;
import static io.xwasm.console.look.Markup.tag;

import io.xwasm.controlplane.api.OperationState;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.StepState;
import io.xwasm.controlplane.api.StepView;
import java.time.Duration;
import java.time.Instant;

/** How far an operation is: as a bar, and as a list. */
public final class Steps {
    private Steps() {}

    /** One segment per step. */
    public static Markup bar(OperationView operation) {
        return div(
                        "steps",
                        operation.steps().stream()
                                .map(s -> tag("i", Tone.of(s.state()).css()))
                                .toList())
                .with("aria-hidden", "true");
    }

    /** "3 of 5". */
    public static String position(OperationView operation) {
        long begun = operation.steps().stream().filter(s -> s.state() != StepState.WAITING).count();
        return "%d of %d".formatted(begun, operation.steps().size());
    }

    /** One line per step with what it found and how long it took. */
    public static Markup list(OperationView operation, Instant now) {
        return tag(
                        "ul",
                        "vsteps",
                        operation.steps().stream().map(s -> line(s, operation, now)).toList())
                .with("aria-label", "Steps");
    }

    public static String took(OperationView operation, Instant now) {
        var end = operation.endedAt();
        return Figures.duration(
                Duration.between(operation.startedAt(), end == null ? now : end).abs());
    }

    private static Markup line(StepView step, OperationView operation, Instant now) {
        var tone = Tone.of(step.state());
        var state = tag("span", "vh", step.state().name().toLowerCase(java.util.Locale.ROOT));
        return tag(
                        "li",
                        tone.css(),
                        tone.icon(""),
                        div(
                                "hd",
                                span("b", sentenceCase(step.name()), " ", state),
                                took(step, now)),
                        step.sentence() == null ? null : div("sm t2", step.sentence()),
                        step.attempts() > 1 ? div("sm warn", step.attempts() + " attempts") : null,
                        step.total() > 0 && step.state() == StepState.RUNNING
                                ? Panels.bar((double) step.done() / step.total(), Tone.RUN)
                                : null)
                .with("data-step", step.name())
                .with("data-operation", operation.state() == OperationState.RUNNING ? "1" : "0");
    }

    private static Markup took(StepView step, Instant now) {
        var start = step.startedAt();
        if (start == null || step.state() == StepState.WAITING) {
            return Markup.NONE;
        }
        var end = step.endedAt();
        return span(
                "num", Figures.duration(Duration.between(start, end == null ? now : end).abs()));
    }

    public static String sentenceCase(String words) {
        return words.isEmpty()
                ? words
                : Character.toUpperCase(words.charAt(0)) + words.substring(1).replace('_', ' ');
    }
}
