package io.xwasm.controlplane.operations;

import io.xwasm.controlplane.identity.Actor;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a step sees of its operation. */
public interface StepContext {
    String operation();

    String subject();

    Actor actor();

    JsonNode input();

    /**
     * What an earlier step left under this name.
     *
     * @throws IllegalStateException when no completed step did
     */
    JsonNode output(String name);

    Optional<JsonNode> outputIfAny(String name);

    /**
     * Keeps an output before the step is done; on disk when this returns. For what must be the same
     * when the step is run again, such as a signed call.
     */
    void remember(String name, Object value);

    /**
     * @param total 0 when unknown
     */
    void progress(long done, long total, String sentence);

    /** Why the operation was asked to stop, if it was. */
    Optional<String> stopAsked();

    /**
     * Waits before something is tried again.
     *
     * @throws InterruptedException when the control plane shuts down meanwhile
     */
    void pause(Duration duration) throws InterruptedException;
}
