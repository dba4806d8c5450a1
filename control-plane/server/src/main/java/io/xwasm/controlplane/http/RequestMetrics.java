package io.xwasm.controlplane.http;

import java.time.Duration;

/** Counts what was asked and answered. */
public interface RequestMetrics {
    void answered(String method, String route, int status, Duration took);
}
