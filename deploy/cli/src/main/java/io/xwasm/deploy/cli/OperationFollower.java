package io.xwasm.deploy.cli;

import io.xwasm.agent.protocol.Json;
import io.xwasm.controlplane.api.ControlPlaneClient;
import io.xwasm.controlplane.api.ControlPlaneUnreachable;
import io.xwasm.controlplane.api.OperationState;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.deploy.cli.agent.Pause;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a command does with the operation that it started: say its id, and follow it if wanted.
 *
 * <p>The operation is the control plane's: it goes on when this client ends, and also when the
 * control plane dies and comes back, so following only waits for that.
 */
final class OperationFollower {
    /** Longer than a control plane takes to start anew. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);

    private final XwasmCommand xwasm;
    private final ControlPlaneClient client;
    private final Pause pause;

    OperationFollower(XwasmCommand xwasm, ControlPlaneClient client, Pause pause) {
        this.xwasm = xwasm;
        this.client = client;
        this.pause = pause;
    }

    /** After a request that began an operation. */
    int started(OperationView operation, boolean wait) {
        var screen = xwasm.screen();
        if (wait) {
            screen.say("Operation %s: %s".formatted(operation.id(), operation.sentence()));
            return followed(operation);
        }
        screen.show(
                operation,
                lines ->
                        lines.line(
                                        "Operation %s: %s"
                                                .formatted(operation.id(), operation.sentence()))
                                .line(
                                        "Follow it with: xwasm operations show %s --follow"
                                                .formatted(operation.id())));
        return ExitCode.OK;
    }

    /** Until the operation has ended. */
    int followed(OperationView operation) {
        var ended = lastOf(operation);
        var screen = xwasm.screen();
        screen.show(
                withResult(ended), lines -> lines.line(ended.failure() == null ? done(ended) : ""));
        if (ended.state() == OperationState.SUCCEEDED) {
            return ExitCode.OK;
        }
        var why = ended.failure() == null ? ended.sentence() : ended.failure();
        xwasm.complain("operation %s failed: %s".formatted(ended.id(), why));
        return ExitCode.REFUSED;
    }

    private OperationView lastOf(OperationView operation) {
        var newest = operation;
        try (var display = display(operation)) {
            display.show(newest);
            while (newest.state() == OperationState.RUNNING) {
                newest = newer(newest);
                display.show(newest);
            }
        }
        return newest;
    }

    private OperationView newer(OperationView than) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return client.operation(than.id(), than.version());
            } catch (ControlPlaneUnreachable e) {
                if (System.nanoTime() >= deadline || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                rest();
            }
        }
    }

    private void rest() {
        try {
            pause.of(BETWEEN_ATTEMPTS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private OperationDisplay display(OperationView operation) {
        var terminal = xwasm.terminal();
        if (xwasm.screen().json()) {
            return OperationDisplay.silent();
        }
        return terminal.interactive()
                ? new ProgressBarDisplay(operation, System.err)
                : new PlainDisplay(terminal.out());
    }

    private static String done(OperationView ended) {
        var text = new StringBuilder(ended.sentence());
        ended.result().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .filter(entry -> entry.getValue().isValueNode())
                .forEach(entry ->
                        text.append(
                                "%n  %s: %s"
                                        .formatted(entry.getKey(), entry.getValue().asString())));
        return text.toString();
    }

    /** The operation as the API shows it, and beside its own fields what it brought about. */
    private static ObjectNode withResult(OperationView ended) {
        ObjectNode json = Json.MAPPER.valueToTree(ended);
        ended.result()
                .forEach((name, value) -> {
                    if (!json.has(name)) {
                        json.set(name, value);
                    }
                });
        return json;
    }
}
