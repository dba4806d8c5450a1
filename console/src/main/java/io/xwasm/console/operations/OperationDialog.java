package io.xwasm.console.operations;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.xwasm.console.login.Answer;
import io.xwasm.console.login.Once;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Buttons;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Trouble;
import io.xwasm.console.look.TypedName;
import io.xwasm.controlplane.api.ControlPlaneClient;
import io.xwasm.controlplane.api.OperationView;
import java.util.function.Function;

/**
 * Asks before something is done: consequence first, then the name to type where it must be, then
 * the steps.
 */
public final class OperationDialog extends Dialog {
    private static final long serialVersionUID = 1L;

    private final transient SignedIn signedIn;
    private final transient Function<ControlPlaneClient, OperationView> deed;
    private final transient Once once;
    private final Fragment trouble = new Fragment();
    private final Button confirm;
    private final Button cancel = Buttons.quiet("Cancel", this::close);

    /**
     * @param verb on the button
     * @param typed name that must be typed; empty for none
     */
    public OperationDialog(
            SignedIn signedIn,
            String title,
            Component consequence,
            String verb,
            boolean dangerous,
            String typed,
            Function<ControlPlaneClient, OperationView> deed) {
        this.signedIn = signedIn;
        this.deed = deed;
        this.once = new Once(signedIn);
        setHeaderTitle(title);
        setWidth("540px");
        confirm =
                dangerous
                        ? Buttons.dangerous(verb, this::start)
                        : Buttons.primary(verb, "", this::start);
        confirm.setId("confirm");
        confirm.setDisableOnClick(true);
        add(Panels.stack(consequence, trouble));
        var foot = new Div();
        foot.addClassNames("row", "foot");
        if (!typed.isEmpty()) {
            foot.add(new TypedName(typed, confirm));
        } else if (!dangerous) {
            addOpenedChangeListener(e -> {
                if (e.isOpened()) {
                    confirm.focus();
                }
            });
        }
        var gap = new Span();
        gap.addClassName("right");
        foot.add(gap, cancel, confirm);
        getFooter().add(foot);
    }

    private void start() {
        switch (once.send(deed)) {
            case Answer.Got<OperationView>(var operation) -> {
                removeAll();
                var progress = new Progress(signedIn, _ -> cancel.setText("Close"));
                add(progress);
                progress.follow(operation);
                confirm.setVisible(false);
                cancel.setText("Close");
            }
            case Answer.Refused<OperationView>(var problem) -> {
                trouble.show(Trouble.note(problem));
                confirm.setEnabled(true);
            }
        }
    }
}
