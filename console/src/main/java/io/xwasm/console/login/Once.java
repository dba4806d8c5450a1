package io.xwasm.console.login;

import io.xwasm.controlplane.api.ControlPlaneClient;
import io.xwasm.controlplane.api.OperationView;
import java.util.UUID;
import java.util.function.Function;

/**
 * What a person orders in one dialog: sent again, by a double click or because no answer came, it
 * is still done once.
 */
public final class Once {
    private static final int CONTROL_PLANE_FAILED = 500;

    private final SignedIn signedIn;
    private String key = UUID.randomUUID().toString();

    public Once(SignedIn signedIn) {
        this.signedIn = signedIn;
    }

    /** Sends the order under the dialog's key. */
    public Answer<OperationView> send(Function<ControlPlaneClient, OperationView> order) {
        var answer = signedIn.attempt(() -> order.apply(signedIn.client().under(key)));
        // A no is remembered under its key; what is mended after it is another order.
        if (answer instanceof Answer.Refused<OperationView>(var problem)
                && problem.status() < CONTROL_PLANE_FAILED) {
            key = UUID.randomUUID().toString();
        }
        return answer;
    }
}
