package io.xwasm.console.overview;

import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.link;
import static io.xwasm.console.look.Markup.span;

import io.xwasm.console.live.Snapshot;
import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.OperationWords;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Prose;
import io.xwasm.console.look.Steps;
import io.xwasm.console.look.Times;
import io.xwasm.console.look.Tone;
import io.xwasm.controlplane.api.AlertView;
import io.xwasm.controlplane.api.OperationState;
import io.xwasm.controlplane.api.OperationView;

/** The column at the right: what alerts, what runs, what was done. */
final class Recent {
    private static final int ALERTS = 4;
    private static final int CHANGES = 7;

    private Recent() {}

    static Markup alerts(Snapshot snapshot) {
        var alerts = snapshot.alerts();
        var head =
                Panels.head(
                        "Active alerts", null, link("lnk sm", "/alerts", "All " + alerts.size()));
        if (alerts.isEmpty()) {
            var status = snapshot.status();
            return Panels.card(
                            head,
                            Panels.empty(
                                    "circle-check",
                                    "All clear",
                                    Markup.of(
                                            "%s rules evaluated "
                                                    .formatted(Figures.count(status.rules())),
                                            Times.ago(status.rulesEvaluatedAt(), snapshot.now()))))
                    .id("active-alerts");
        }
        return Panels.card(
                        head,
                        div(
                                "list",
                                alerts.stream()
                                        .limit(ALERTS)
                                        .map(a -> alert(a, snapshot))
                                        .toList()))
                .id("active-alerts");
    }

    static Markup running(Snapshot snapshot) {
        var running = snapshot.running();
        var head =
                Panels.head(
                        "Running",
                        running.size() == 1 ? "1 operation" : running.size() + " operations",
                        link("lnk sm", "/operations", "Operations"));
        var body =
                running.isEmpty()
                        ? Panels.empty(
                                "circle-pause",
                                "Nothing runs",
                                "Upgrades, backups and failovers show here while they run.")
                        : div("list", running.stream().map(o -> operation(o, snapshot)).toList());
        return Panels.card(head, body).id("running-operations");
    }

    static Markup changes(Snapshot snapshot) {
        var ended =
                snapshot.operations().stream()
                        .filter(o -> o.state() != OperationState.RUNNING)
                        .limit(CHANGES)
                        .toList();
        var head = Panels.head("Last changes", null, link("lnk sm", "/operations", "All"));
        var body =
                ended.isEmpty()
                        ? Panels.empty(
                                "history",
                                "Nothing has changed yet",
                                link("lnk", "/contracts", "Deploy a contract"))
                        : div("list", ended.stream().map(o -> change(o, snapshot)).toList());
        return Panels.card(head, body).id("last-changes");
    }

    private static Markup alert(AlertView alert, Snapshot snapshot) {
        var tone = alert.severity().equals("critical") ? Tone.BAD : Tone.WARN;
        return Panels.item(
                tone.icon(tone.css()),
                link("", "/alerts?alert=" + alert.id(), alert.summary()),
                "%s, %s".formatted(alert.subject(), alert.rule().replace('_', ' ')),
                age(alert.since(), snapshot));
    }

    private static Markup operation(OperationView operation, Snapshot snapshot) {
        return div(
                "",
                Tone.RUN.icon("run"),
                div(
                        "grow col",
                        div(
                                "row",
                                link(
                                        "b cut grow",
                                        "/operations/" + operation.id(),
                                        OperationWords.title(operation)),
                                span("sm t3 num", Steps.took(operation, snapshot.now()))),
                        div(
                                "row sm t2",
                                span("cut grow", operation.sentence()),
                                span("t3 num", Steps.position(operation))),
                        div("stepbox", Steps.bar(operation))));
    }

    private static Markup change(OperationView operation, Snapshot snapshot) {
        var failure = operation.failure();
        var below =
                failure == null
                        ? "%s, by %s"
                                .formatted(
                                        Prose.clause(operation.sentence()),
                                        Prose.person(operation.by()))
                        : failure;
        return Panels.item(
                OperationWords.mark(operation),
                link("", "/operations/" + operation.id(), OperationWords.title(operation)),
                below,
                age(operation.startedAt(), snapshot));
    }

    private static Markup age(java.time.Instant at, Snapshot snapshot) {
        return Times.age(at, snapshot.now());
    }
}
