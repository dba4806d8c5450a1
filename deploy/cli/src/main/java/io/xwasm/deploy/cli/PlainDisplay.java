package io.xwasm.deploy.cli;

import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.StepState;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;

/** A line whenever a step begins or ends: for logs and pipes. */
final class PlainDisplay implements OperationDisplay {
    private final PrintWriter out;
    private final Map<String, StepState> shown = new HashMap<>();

    PlainDisplay(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void show(OperationView operation) {
        for (var step : operation.steps()) {
            var before = shown.put(step.name(), step.state());
            if (step.state() == StepState.WAITING || step.state() == before) {
                continue;
            }
            var sentence = step.sentence() == null ? "" : ": " + step.sentence();
            out.println("  %s %s%s".formatted(step.name(), word(step.state()), sentence));
        }
        out.flush();
    }

    @Override
    public void close() {}

    private static String word(StepState state) {
        return switch (state) {
            case WAITING -> "waits";
            case RUNNING -> "…";
            case DONE -> "done";
            case FAILED -> "failed";
            case UNDONE -> "undone";
        };
    }
}
