package io.xwasm.controlplane.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How an operation stands. */
public enum OperationState {
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("succeeded")
    SUCCEEDED,
    @JsonProperty("failed")
    FAILED
}
