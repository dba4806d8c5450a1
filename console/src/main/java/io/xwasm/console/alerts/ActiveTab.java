package io.xwasm.console.alerts;

import static io.xwasm.console.look.Markup.bold;
import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.link;
import static io.xwasm.console.look.Markup.span;
import static io.xwasm.console.look.Markup.tag;

import com.vaadin.flow.component.html.Div;
import io.xwasm.console.login.Answer;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Prose;
import io.xwasm.console.look.Times;
import io.xwasm.console.look.Tone;
import io.xwasm.controlplane.api.AlertView;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What fires and what would fire if it lasts; beside it the one that was chosen. */
final class ActiveTab extends Div {
    private static final long serialVersionUID = 1L;
    private static final int LIMIT = 200;

    private final transient SignedIn signedIn;
    private final String selected;
    private final Fragment list = new Fragment().as("stack");
    private final Fragment detail = new Fragment().as("stack");

    /** Both lists, asked for together. */
    private record Alerts(List<AlertView> firing, List<AlertView> pending) {}

    ActiveTab(SignedIn signedIn, String selected) {
        this.signedIn = signedIn;
        this.selected = selected;
        load();
        signedIn.feed().ask(this, this::ask, this::show);
    }

    private Alerts ask() {
        return new Alerts(
                signedIn.client().alerts("firing", null, LIMIT).items(),
                signedIn.client().alerts("pending", null, LIMIT).items());
    }

    private void load() {
        removeAll();
        switch (signedIn.attempt(this::ask)) {
            case Answer.Got<Alerts>(var alerts) -> {
                var split = new Div(list, detail);
                split.addClassName("split");
                add(split);
                show(alerts);
            }
            case Answer.Refused<Alerts>(var problem) -> add(signedIn.instead(problem, this::load));
        }
    }

    private void show(Alerts alerts) {
        var all = Stream.concat(alerts.firing().stream(), alerts.pending().stream()).toList();
        var chosen =
                all.stream()
                        .filter(a -> a.id().equals(selected))
                        .findFirst()
                        .or(() -> all.stream().findFirst());
        var chosenId = chosen.map(AlertView::id).orElse("");
        list.show(
                Markup.of(
                        alerts.firing().isEmpty()
                                ? div(
                                        "card",
                                        Panels.empty(
                                                "circle-check",
                                                "Nothing fires",
                                                "Every rule was evaluated; the line above says when."))
                                : group(
                                        "Firing",
                                        alerts.firing().size() + " now",
                                        alerts.firing(),
                                        chosenId),
                        alerts.pending().isEmpty()
                                ? null
                                : group(
                                        "Pending",
                                        "would fire if it lasts",
                                        alerts.pending(),
                                        chosenId)));
        detail.show(chosen.map(this::detail).orElse(Markup.NONE));
    }

    private Markup group(String title, String note, List<AlertView> alerts, String chosen) {
        return div(
                "card al",
                div("alh", span("b", title), span("t3", note)),
                alerts.stream().map(a -> row(a, a.id().equals(chosen))).toList());
    }

    private Markup row(AlertView alert, boolean chosen) {
        var tone = tone(alert);
        return link(
                        "alr" + (chosen ? " sel" : ""),
                        "/alerts?alert=" + alert.id(),
                        tone.icon(tone.css()),
                        div(
                                "grow col",
                                div(
                                        "row",
                                        span("b cut grow", alert.summary()),
                                        span("num b " + tone.css(), value(alert, alert.value()))),
                                div(
                                        "row sm t2",
                                        span("cut", alert.subject()),
                                        span("t3 right", age(alert))),
                                div(
                                        "row sm gapabove",
                                        tone.tag(word(alert)),
                                        span("t3 cut", alert.rule().replace('_', ' ')))))
                .with("data-alert", alert.id());
    }

    private Markup detail(AlertView alert) {
        var tone = tone(alert);
        return Panels.card(
                        div(
                                "adh",
                                div(
                                        "row wrap",
                                        tone.icon("s20 " + tone.css()),
                                        tag("h2", "big", alert.summary()),
                                        tone.tag(Prose.capital(alert.severity()))),
                                div(
                                        "meta",
                                        span("", word(alert) + " for ", bold(age(alert))),
                                        span(
                                                "",
                                                "subject ",
                                                link("lnk", alert.link(), alert.subject())),
                                        span(
                                                "",
                                                "rule ",
                                                link(
                                                        "lnk",
                                                        "/alerts?tab=rules",
                                                        alert.rule().replace('_', ' '))))),
                        div(
                                "cb",
                                div(
                                        "rh4 f3",
                                        Panels.stat(
                                                "Last measured",
                                                span(tone.css(), value(alert, alert.value())),
                                                null),
                                        Panels.stat(
                                                "Threshold", value(alert, alert.threshold()), null),
                                        Panels.stat(
                                                "Since",
                                                Figures.age(
                                                        Duration.between(
                                                                alert.since(), signedIn.now())),
                                                Times.clock(alert.since()))),
                                Panels.bullet(
                                        alert.value(), Math.max(alert.threshold(), 1e-9), tone)),
                        Panels.pairs(
                                "True since", span("", Times.full(alert.since())),
                                "Fired", moment(alert.firedAt()),
                                "Notified", moment(alert.notifiedAt())))
                .id("alert-detail");
    }

    private Markup moment(java.time.@org.jspecify.annotations.Nullable Instant at) {
        return at == null ? span("t3", "not yet") : Times.ago(at, signedIn.now());
    }

    private String age(AlertView alert) {
        return Figures.age(Duration.between(alert.since(), signedIn.now()));
    }

    static Tone tone(AlertView alert) {
        if (alert.state().equals("pending")) {
            return Tone.OFF;
        }
        return alert.severity().equals("critical") ? Tone.BAD : Tone.WARN;
    }

    private static String word(AlertView alert) {
        return alert.state().equals("pending") ? "Pending" : "Firing";
    }

    static String value(AlertView alert, double value) {
        return RuleWords.value(alert.rule(), value);
    }
}
