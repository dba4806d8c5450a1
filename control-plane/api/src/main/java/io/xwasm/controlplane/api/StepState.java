package io.xwasm.controlplane.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a step stands. */
public enum StepState {
    @JsonProperty("waiting")
    WAITING,
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("done")
    DONE,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("undone")
    UNDONE
}
