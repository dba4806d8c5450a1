package io.xwasm.controlplane.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How something stands. */
public enum Health {
    @JsonProperty("ok")
    OK,
    @JsonProperty("warn")
    WARN,
    @JsonProperty("bad")
    BAD,
    @JsonProperty("unknown")
    UNKNOWN
}
