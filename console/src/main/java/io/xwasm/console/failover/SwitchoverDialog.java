package io.xwasm.console.failover;

import static io.xwasm.console.look.Markup.bold;
import static io.xwasm.console.look.Markup.div;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Prose;
import io.xwasm.console.look.Tone;
import io.xwasm.console.operations.OperationDialog;
import io.xwasm.controlplane.api.ControlPlaneClient;
import io.xwasm.controlplane.api.GroupView;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.Switchover;
import java.util.function.Function;

/** Moves the primary's role: readiness first, then whom to, then the steps. */
final class SwitchoverDialog {
    private final SignedIn signedIn;
    private final GroupView group;
    private final Select<NodeId> target = new Select<>();

    SwitchoverDialog(SignedIn signedIn, GroupView group) {
        this.signedIn = signedIn;
        this.group = group;
        target.setLabel("New primary");
        target.setId("switchover-target");
        target.setWidthFull();
        target.setEmptySelectionAllowed(true);
        target.setEmptySelectionCaption("the best one");
        target.setItems(group.inSync().stream().filter(n -> !n.equals(group.primary())).toList());
    }

    void open() {
        var production = signedIn.environment().production();
        Function<ControlPlaneClient, OperationView> deed =
                client -> client.switchover(group.group(), new Switchover(target.getValue()));
        new OperationDialog(
                        signedIn,
                        "Switch over " + group.group(),
                        consequence(),
                        "Switch over",
                        !group.readiness().safe(),
                        production ? group.group().value() : "",
                        deed)
                .open();
    }

    private Component consequence() {
        var readiness = group.readiness();
        var verdict =
                readiness.safe()
                        ? Panels.note(
                                Tone.OK,
                                "shield-check",
                                bold("Safe to switch over now. "),
                                "It waits until the new primary has every block.")
                        : Panels.note(
                                Tone.WARN, "triangle-alert", Prose.sentence(readiness.sentence()));
        var figures =
                div(
                        "rh4 f3",
                        Panels.stat(
                                "Expected write pause",
                                Figures.millis(readiness.predictedMillis()),
                                null),
                        Panels.stat("Calls lost", "0", "a switchover waits for catch-up"),
                        Panels.stat(
                                "Calls now",
                                Panels.figure(Figures.number(group.callsPerSecond()), "/s"),
                                null));
        var box = new Div(new Fragment(Markup.of(verdict, figures)).as("stack"), target);
        box.addClassName("stack");
        return box;
    }
}
