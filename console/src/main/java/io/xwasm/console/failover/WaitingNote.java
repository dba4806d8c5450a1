package io.xwasm.console.failover;

import static io.xwasm.console.look.Markup.bold;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Buttons;
import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Prose;
import io.xwasm.console.look.Tone;
import io.xwasm.console.operations.OperationDialog;
import io.xwasm.controlplane.api.GroupView;
import io.xwasm.controlplane.api.WaitingTakeover;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A primary is lost and a person must decide: what is known, and one button. */
final class WaitingNote extends Div {
    private static final long serialVersionUID = 1L;

    private final transient SignedIn signedIn;
    private final Fragment words = new Fragment().as("grow");
    private final Button decide = Buttons.dangerous("Fail over", this::decide);
    private transient @Nullable GroupView group;

    WaitingNote(SignedIn signedIn) {
        this.signedIn = signedIn;
        addClassNames("waitingnote", "row", "wrap");
        setId("waiting-takeover");
        getElement().setAttribute("role", "alert");
        decide.setId("decide-failover");
        add(words, signedIn.operatorOnly(decide));
        setVisible(false);
    }

    void show(GroupView now) {
        group = now;
        var takeover = now.waiting();
        setVisible(takeover != null);
        if (takeover != null) {
            var candidate = takeover.candidate();
            words.show(note(takeover));
            decide.setText(candidate == null ? "Fail over" : "Fail over to " + candidate);
        }
    }

    private Markup note(WaitingTakeover takeover) {
        var since = Figures.age(Duration.between(takeover.since(), signedIn.now()));
        return Panels.note(
                Tone.BAD,
                "circle-x",
                bold(
                        "%s is lost, and calls have been refused for %s. "
                                .formatted(takeover.lost(), since)),
                Prose.sentence(takeover.sentence()));
    }

    private void decide() {
        var now = group;
        if (now == null) {
            return;
        }
        var takeover = now.waiting();
        if (takeover == null) {
            return;
        }
        new OperationDialog(
                        signedIn,
                        "Fail over " + now.group(),
                        new Fragment(note(takeover)),
                        "Fail over",
                        true,
                        signedIn.environment().production() ? now.group().value() : "",
                        client -> client.failover(now.group()))
                .open();
    }
}
