package io.xwasm.deploy.cli;

import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.StepState;
import io.xwasm.controlplane.api.StepView;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** One line that grows, with the step that runs beside it: for people at a terminal. */
final class ProgressBarDisplay implements OperationDisplay {
    /** A step counts this much, so that a long one is seen to move. */
    private static final int PER_STEP = 100;

    private final ProgressBar bar;

    ProgressBarDisplay(OperationView operation, PrintStream out) {
        this.bar =
                new ProgressBarBuilder()
                        .setTaskName(operation.kind())
                        .setStyle(ProgressBarStyle.ASCII)
                        .setInitialMax(total(operation))
                        .setUpdateIntervalMillis(200)
                        .hideEta()
                        .setConsumer(new ConsoleProgressBarConsumer(out))
                        .build();
    }

    @Override
    public void show(OperationView operation) {
        bar.maxHint(total(operation));
        bar.stepTo(operation.steps().stream().mapToLong(ProgressBarDisplay::done).sum());
        bar.setExtraMessage(operation.sentence());
        bar.refresh();
    }

    @Override
    public void close() {
        bar.close();
    }

    private static long total(OperationView operation) {
        return Math.max(1, operation.steps().size()) * (long) PER_STEP;
    }

    private static long done(StepView step) {
        if (step.state() == StepState.DONE) {
            return PER_STEP;
        }
        return step.state() == StepState.RUNNING && step.total() > 0
                ? Math.min(PER_STEP, PER_STEP * step.done() / step.total())
                : 0;
    }
}
