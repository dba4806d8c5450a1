package io.xwasm.console.operations;

import static io.xwasm.console.look.Markup.bold;
import static io.xwasm.console.look.Markup.link;

import com.vaadin.flow.component.html.Div;
import io.xwasm.console.live.OperationWatch;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Prose;
import io.xwasm.console.look.Steps;
import io.xwasm.console.look.Tone;
import io.xwasm.controlplane.api.OperationState;
import io.xwasm.controlplane.api.OperationView;
import java.util.function.Consumer;

/** An operation's steps as they happen, and at the end what came of it. */
public final class Progress extends Div {
    private static final long serialVersionUID = 1L;

    private final transient SignedIn signedIn;
    private final transient Consumer<OperationView> ended;
    private final Fragment steps = new Fragment();
    private final Fragment note = new Fragment();

    /**
     * @param ended told once, when the operation has ended
     */
    public Progress(SignedIn signedIn, Consumer<OperationView> ended) {
        this.signedIn = signedIn;
        this.ended = ended;
        addClassName("stack");
        setId("operation-progress");
        note.getElement().setAttribute("aria-live", "polite");
        add(steps, note);
    }

    /** Call it when this is on a page. */
    public void follow(OperationView operation) {
        OperationWatch.follow(signedIn.client(), this, operation, this::show);
    }

    private void show(OperationView operation) {
        steps.show(Steps.list(operation, signedIn.now()));
        note.show(note(operation));
        getElement().setAttribute("data-state", Tone.word(operation.state()));
        getElement().setAttribute("data-operation", operation.id());
        if (operation.state() != OperationState.RUNNING) {
            ended.accept(operation);
        }
    }

    private static Markup note(OperationView operation) {
        var path = "/operations/" + operation.id();
        var permalink = link("lnk mono", path, path);
        return switch (operation.state()) {
            case RUNNING ->
                    Panels.note(
                            Tone.OFF,
                            "undo-2",
                            "You can close this or the browser. The operation goes on in the control plane; its page is ",
                            permalink,
                            ".");
            case SUCCEEDED ->
                    Panels.note(
                            Tone.OK,
                            "circle-check",
                            bold("Done. "),
                            Prose.sentence(operation.sentence()),
                            " Report: ",
                            permalink,
                            ".");
            case FAILED ->
                    Panels.note(
                            Tone.BAD,
                            "circle-x",
                            bold("Failed. "),
                            Prose.sentence(reason(operation)),
                            " Report: ",
                            permalink,
                            ".");
        };
    }

    private static String reason(OperationView operation) {
        var failure = operation.failure();
        return failure == null ? operation.sentence() : failure;
    }
}
