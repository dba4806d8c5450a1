package io.xwasm.deploy.cli.agent;

import java.time.Duration;

/** Waiting a moment before trying again; given from outside, so that tests do not wait. */
@FunctionalInterface
public interface Pause {
    void of(Duration duration) throws InterruptedException;
}
