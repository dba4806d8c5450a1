package io.xwasm.controlplane.operations;

/** A step cannot be done; the sentence is for the person who reads the operation. */
public final class StepFailed extends RuntimeException {
    public StepFailed(String sentence) {
        super(sentence);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
