package io.xwasm.controlplane.http;

import io.xwasm.controlplane.identity.Caller;

/** Knows who holds a bearer token. */
public interface Doorkeeper {
    /**
     * @throws io.xwasm.controlplane.problems.Refusal when nobody does, or no longer
     */
    Caller authenticate(String bearer);
}
