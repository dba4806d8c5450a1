package io.xwasm.controlplane.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who decides on a failover. */
public enum Strategy {
    @JsonProperty("automatic")
    AUTOMATIC,
    @JsonProperty("manual")
    MANUAL
}
