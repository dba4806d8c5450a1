package io.xwasm.console.failover;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.console.login.Answer;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Buttons;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Trouble;
import io.xwasm.controlplane.api.FailoverPolicy;
import io.xwasm.controlplane.api.GroupView;
import io.xwasm.controlplane.api.Strategy;
import org.jspecify.annotations.Nullable;

/** Who decides on a failover, and what recovery is held against. */
final class PolicyCard extends Div {
    private static final long serialVersionUID = 1L;

    private final transient SignedIn signedIn;
    private final NativeButton automatic =
            Buttons.choice(new Span("Automatic"), false, () -> choose(Strategy.AUTOMATIC));
    private final NativeButton manual =
            Buttons.choice(new Span("Manual"), false, () -> choose(Strategy.MANUAL));
    private final Fragment words = new Fragment().as("sm", "t2");
    private final NumberField rto = new NumberField("RTO, seconds");
    private final IntegerField rpo = new IntegerField("RPO, calls");
    private final Fragment trouble = new Fragment();
    private transient @Nullable GroupId group;
    private transient @Nullable FailoverPolicy policy;

    PolicyCard(SignedIn signedIn) {
        this.signedIn = signedIn;
        addClassName("card");
        setId("policy");
        automatic.setId("strategy-automatic");
        manual.setId("strategy-manual");
        var choice = new Div(signedIn.operatorOnly(automatic), signedIn.operatorOnly(manual));
        choice.addClassName("seg");
        choice.getElement().setAttribute("role", "group");
        choice.getElement().setAttribute("aria-label", "Strategy");
        rto.setWidth("110px");
        rto.setId("objective-rto");
        rpo.setWidth("110px");
        rpo.setId("objective-rpo");
        var save = Buttons.secondary("Save", "", this::saveObjectives);
        save.setId("save-objectives");
        var objectives =
                new Div(
                        signedIn.operatorOnly(rto),
                        signedIn.operatorOnly(rpo),
                        signedIn.operatorOnly(save));
        objectives.addClassNames("row", "fields");
        var body = new Div(choice, words, objectives, trouble);
        body.addClassNames("cb", "stack");
        var head = Fragment.transparent();
        head.show(
                Panels.head(
                        "Strategy",
                        null,
                        signedIn.mayChange() ? null : Markup.span("sm t3", SignedIn.NEEDS)));
        add(head, body);
    }

    void show(GroupView now) {
        var known = policy;
        // A round that was asked before a change was saved tells of the time before it.
        if (known != null
                && now.group().equals(group)
                && known.version() >= now.policy().version()) {
            return;
        }
        group = now.group();
        show(now.policy());
    }

    private void show(FailoverPolicy now) {
        policy = now;
        boolean auto = now.strategy() == Strategy.AUTOMATIC;
        automatic.getElement().setAttribute("aria-pressed", Boolean.toString(auto));
        manual.getElement().setAttribute("aria-pressed", Boolean.toString(!auto));
        words.show(
                Markup.text(
                        auto
                                ? "The control plane detects, decides and promotes, as long as a standby is in sync."
                                : "The control plane detects and waits: a person decides with one button on this page."));
        rto.setValue(now.rtoSeconds());
        rpo.setValue(Math.toIntExact(Math.min(Integer.MAX_VALUE, now.rpoCalls())));
    }

    private void choose(Strategy strategy) {
        var now = policy;
        if (now != null && now.strategy() != strategy) {
            save(new FailoverPolicy(strategy, now.rtoSeconds(), now.rpoCalls(), now.version()));
        }
    }

    private void saveObjectives() {
        var now = policy;
        var seconds = rto.getValue();
        var calls = rpo.getValue();
        if (now != null && seconds != null && calls != null) {
            save(new FailoverPolicy(now.strategy(), seconds, calls, now.version()));
        }
    }

    private void save(FailoverPolicy wanted) {
        var where = group;
        if (where == null) {
            return;
        }
        switch (signedIn.attempt(
                () -> signedIn.client().setPolicy(where, wanted, wanted.version()))) {
            case Answer.Got<FailoverPolicy>(var saved) -> {
                trouble.show(Markup.NONE);
                show(saved);
            }
            case Answer.Refused<FailoverPolicy>(var problem) -> trouble.show(Trouble.note(problem));
        }
    }
}
