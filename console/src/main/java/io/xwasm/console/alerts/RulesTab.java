package io.xwasm.console.alerts;

import static io.xwasm.console.look.Markup.bold;
import static io.xwasm.console.look.Markup.span;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import io.xwasm.console.login.Answer;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Buttons;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Prose;
import io.xwasm.console.look.Steps;
import io.xwasm.console.look.Table;
import io.xwasm.console.look.Tone;
import io.xwasm.controlplane.api.AlertRule;
import io.xwasm.controlplane.api.Page;

/** The rules, each with what it measures and whether it fires. */
final class RulesTab extends Div {
    private static final long serialVersionUID = 1L;

    private final transient SignedIn signedIn;
    private final Table<AlertRule> table;

    RulesTab(SignedIn signedIn) {
        this.signedIn = signedIn;
        this.table = table();
        load();
        signedIn.feed().ask(this, table::first, table::show);
    }

    private void load() {
        removeAll();
        Answer<Page<AlertRule>> answer = signedIn.attempt(table::first);
        switch (answer) {
            case Answer.Got<Page<AlertRule>>(var page) -> {
                table.show(page);
                add(Panels.card(Markup.NONE, table));
            }
            case Answer.Refused<Page<AlertRule>>(var problem) ->
                    add(signedIn.instead(problem, this::load));
        }
    }

    private Table<AlertRule> table() {
        return new Table<AlertRule>(
                        "rules-table", (cursor, limit) -> signedIn.client().rules(cursor, limit))
                .column("State", "130px", RulesTab::state)
                .column("Rule", "160px+", r -> span("b", Steps.sentenceCase(r.name())))
                .column(
                        "Condition",
                        "240px+",
                        r ->
                                span(
                                        "t2",
                                        RuleWords.measured(r.kind()) + " ",
                                        bold(RuleWords.value(r.kind(), r.threshold()))))
                .figures("For", "80px", r -> span("", r.forSeconds() + "\u00a0s"))
                .figures("Window", "86px", r -> span("t2", r.windowSeconds() + "\u00a0s"))
                .figures("At least", "100px", r -> span("t2", r.minimumCalls() + "\u00a0calls"))
                .column(
                        "Severity",
                        "110px",
                        r ->
                                (r.severity().equals("critical") ? Tone.BAD : Tone.WARN)
                                        .tag(Prose.capital(r.severity())))
                .actions("90px", this::edit)
                .whenEmpty(
                        Panels.empty(
                                "bell",
                                "There are no rules",
                                "The control plane ships six; this one has none."))
                .atLeast(900);
    }

    private static Markup state(AlertRule rule) {
        if (!rule.enabled()) {
            return Tone.OFF.status("Off");
        }
        return rule.firing() > 0
                ? Tone.BAD.status("Firing, " + rule.firing())
                : Tone.OK.status("Quiet");
    }

    private Component edit(AlertRule rule) {
        var button =
                Buttons.quiet("Edit", () -> new RuleDialog(signedIn, rule, table::load).open());
        button.setId("edit-" + rule.name());
        button.addClassName("inrow");
        return signedIn.operatorOnly(button);
    }
}
