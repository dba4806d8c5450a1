package io.xwasm.console.live;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import io.xwasm.controlplane.api.ControlPlaneClient;
import io.xwasm.controlplane.api.ControlPlaneUnreachable;
import io.xwasm.controlplane.api.OperationState;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.RequestRefused;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Follows one operation by long polling until it has ended or nobody looks any more.
 *
 * <p>The operation does not care: it runs in the control plane.
 */
public final class OperationWatch {
    /** Two updates a second are as much as anybody can read. */
    private static final Duration BREATH = Duration.ofMillis(450);

    /** Until a control plane that did not answer is asked again. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ControlPlaneClient client;
    private final UI ui;
    private final Component place;
    private final Consumer<OperationView> view;

    private OperationWatch(
            ControlPlaneClient client, UI ui, Component place, Consumer<OperationView> view) {
        this.client = client;
        this.ui = ui;
        this.place = place;
        this.view = view;
    }

    /** Shows the operation here, from what is known to its end; call it with the page attached. */
    public static void follow(
            ControlPlaneClient client,
            Component place,
            OperationView known,
            Consumer<OperationView> view) {
        view.accept(known);
        if (known.state() == OperationState.RUNNING) {
            var ui = place.getUI().orElseGet(UI::getCurrent);
            var watch = new OperationWatch(client, ui, place, view);
            var _ = Thread.ofVirtual().name("watch-" + known.id()).start(() -> watch.run(known));
        }
    }

    private void run(OperationView known) {
        var last = known;
        while (last.state() == OperationState.RUNNING && lookedAt()) {
            try {
                var next = client.operation(last.id(), last.version());
                if (next.version() != last.version()) {
                    push(next);
                }
                last = next;
                LockSupport.parkNanos(BREATH.toNanos());
            } catch (ControlPlaneUnreachable _) {
                LockSupport.parkNanos(PATIENCE.toNanos());
            } catch (RequestRefused | UIDetachedException _) {
                return;
            }
        }
    }

    private boolean lookedAt() {
        return !ui.isClosing() && ui.isAttached();
    }

    private void push(OperationView next) {
        var _ =
                ui.access(() -> {
                    if (place.isAttached()) {
                        view.accept(next);
                    }
                });
    }
}
