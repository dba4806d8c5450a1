package io.xwasm.console.login;

import io.xwasm.controlplane.api.Problem;

/** What came of a call to the API. */
public sealed interface Answer<T> {
    record Got<T>(T value) implements Answer<T> {}

    record Refused<T>(Problem problem) implements Answer<T> {}
}
