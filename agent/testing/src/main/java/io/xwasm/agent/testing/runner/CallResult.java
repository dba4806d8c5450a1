package io.xwasm.agent.testing.runner;

import io.xwasm.agent.protocol.Receipt;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a call came to.
 *
 * @param result as the contract's interface says; JSON's null when it returns nothing or failed
 * @param events in order
 * @param failure null when it succeeded
 * @param gasUsed whatever became of it
 * @param diff what it changed
 */
public record CallResult(
        JsonNode result,
        List<Announced> events,
        Receipt.@Nullable Failure failure,
        long gasUsed,
        StateDiff diff) {
    public CallResult {
        events = List.copyOf(events);
    }

    /**
     * An event.
     *
     * @param contract by name where it has one
     * @param data by field; raw bytes in hex when the interface does not know the topic
     */
    public record Announced(String contract, String topic, JsonNode data) {}

    public boolean succeeded() {
        return failure == null;
    }

    /**
     * The result of a call that must have succeeded.
     *
     * @throws AssertionError when it failed; the message says why
     */
    public JsonNode value() {
        if (failure != null) {
            throw new AssertionError(
                    "the call failed: %s (%s)".formatted(failure.message(), failure.kind()));
        }
        return result;
    }
}
