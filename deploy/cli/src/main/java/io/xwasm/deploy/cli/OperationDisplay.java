package io.xwasm.deploy.cli;

import io.xwasm.controlplane.api.OperationView;

/** Where an operation's progress is shown. */
interface OperationDisplay extends AutoCloseable {
    void show(OperationView operation);

    @Override
    void close();

    /** Shows nothing. */
    static OperationDisplay silent() {
        return new OperationDisplay() {
            @Override
            public void show(OperationView operation) {}

            @Override
            public void close() {}
        };
    }
}
