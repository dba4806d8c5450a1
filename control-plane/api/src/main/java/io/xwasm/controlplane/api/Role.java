package io.xwasm.controlplane.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a user or token may do: a viewer sees everything, an operator changes things. */
public enum Role {
    @JsonProperty("viewer")
    VIEWER,
    @JsonProperty("operator")
    OPERATOR
}
