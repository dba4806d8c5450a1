package io.xwasm.controlplane.operations;

import io.xwasm.agent.protocol.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * @param sentence what the step found or did
 * @param output what later steps and the operation's result need of it
 */
public record StepResult(String sentence, ObjectNode output) {
    public static StepResult of(String sentence) {
        return new StepResult(sentence, Json.MAPPER.createObjectNode());
    }

    public StepResult with(String name, Object value) {
        output.set(name, Json.MAPPER.valueToTree(value));
        return this;
    }
}
