package io.xwasm.console.alerts;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import io.xwasm.console.login.Answer;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Buttons;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Steps;
import io.xwasm.console.look.Trouble;
import io.xwasm.controlplane.api.AlertRule;

/** Changes one rule under the version that is shown. */
final class RuleDialog extends Dialog {
    private static final long serialVersionUID = 1L;

    private final transient SignedIn signedIn;
    private final transient AlertRule rule;
    private final transient Runnable saved;
    private final NumberField threshold = new NumberField("Threshold");
    private final IntegerField forSeconds = field("For so many seconds");
    private final IntegerField window = field("Window, seconds");
    private final IntegerField minimum = field("At least so many calls");
    private final Select<String> severity = new Select<>();
    private final Checkbox enabled = new Checkbox("Evaluate this rule");
    private final Fragment trouble = new Fragment();

    RuleDialog(SignedIn signedIn, AlertRule rule, Runnable saved) {
        this.signedIn = signedIn;
        this.rule = rule;
        this.saved = saved;
        setHeaderTitle(Steps.sentenceCase(rule.name()));
        setWidth("460px");
        threshold.setHelperText(RuleWords.unit(rule.kind()));
        threshold.setValue(rule.threshold());
        threshold.setId("rule-threshold");
        threshold.setWidthFull();
        forSeconds.setValue(rule.forSeconds());
        window.setValue(rule.windowSeconds());
        minimum.setValue(rule.minimumCalls());
        severity.setLabel("Severity");
        severity.setItems("warning", "critical");
        severity.setValue(rule.severity());
        severity.setWidthFull();
        enabled.setValue(rule.enabled());
        var pair = new Div(threshold, severity, forSeconds, window, minimum);
        pair.addClassName("fieldpairs");
        var words =
                new Fragment(
                        Markup.div(
                                "t2",
                                "Fires when "
                                        + RuleWords.measured(rule.kind())
                                        + " the threshold for the whole time."));
        var form = new Div(words, pair, enabled, trouble);
        form.addClassName("stack");
        add(form);
        Button save = Buttons.primary("Save rule", "", this::save);
        save.setId("confirm");
        save.addClickShortcut(Key.ENTER).listenOn(threshold, forSeconds, window, minimum);
        var gap = new Span();
        gap.addClassName("right");
        var foot = new Div(gap, Buttons.quiet("Cancel", this::close), save);
        foot.addClassNames("row", "foot");
        getFooter().add(foot);
    }

    private static IntegerField field(String label) {
        var field = new IntegerField(label);
        field.setMin(0);
        field.setWidthFull();
        return field;
    }

    private static int number(IntegerField field, int otherwise) {
        var value = field.getValue();
        return value == null ? otherwise : value;
    }

    private void save() {
        var limit = threshold.getValue();
        var wanted =
                new AlertRule(
                        rule.name(),
                        rule.kind(),
                        limit == null ? rule.threshold() : limit,
                        number(forSeconds, rule.forSeconds()),
                        number(window, rule.windowSeconds()),
                        number(minimum, rule.minimumCalls()),
                        severity.getValue(),
                        enabled.getValue(),
                        rule.firing(),
                        rule.version());
        switch (signedIn.attempt(() -> signedIn.client().setRule(wanted, rule.version()))) {
            case Answer.Got<AlertRule> _ -> {
                close();
                saved.run();
            }
            case Answer.Refused<AlertRule>(var problem) -> trouble.show(Trouble.note(problem));
        }
    }
}
