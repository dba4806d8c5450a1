package io.xwasm.controlplane.operations;

import org.jspecify.annotations.Nullable;

/**
 * One step of an operation. Both parts may be run again after a crash.
 *
 * @param stoppable whether the operation may still be stopped before this step
 * @param undo takes back what the step did or had begun; null when there is nothing to take back
 */
public record Step(String name, boolean stoppable, Work work, @Nullable Undo undo) {
    /** What the step does. */
    @FunctionalInterface
    public interface Work {
        /**
         * @throws StepFailed when it cannot be done; the operation then fails
         */
        StepResult run(StepContext context) throws InterruptedException;
    }

    /** What takes it back; must also do when the step did nothing. */
    @FunctionalInterface
    public interface Undo {
        /**
         * @return one sentence: what was taken back
         */
        String run(StepContext context) throws InterruptedException;
    }

    public static Step of(String name, Work work) {
        return new Step(name, true, work, null);
    }

    /** From here on the operation goes through to its end. */
    public static Step noReturn(String name, Work work) {
        return new Step(name, false, work, null);
    }

    public Step undoneBy(Undo takeBack) {
        return new Step(name, stoppable, work, takeBack);
    }
}
