package io.xwasm.controlplane.operations;

import java.time.Duration;

/** Counts what became of operations. */
public interface OperationMetrics {
    void ended(String kind, String outcome, Duration took);
}
