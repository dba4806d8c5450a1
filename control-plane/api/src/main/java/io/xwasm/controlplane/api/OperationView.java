package io.xwasm.controlplane.api;

import io.xwasm.agent.protocol.GroupId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A journaled run of steps.
 *
 * @param id unique
 * @param kind deploy, upgrade, rollback, fund, backup, verify, restore, failover or switchover
 * @param subject contract, group, backup or account
 * @param group that it touches
 * @param state how it stands
 * @param sentence where it is, in words
 * @param steps in order
 * @param by user or automation
 * @param startedAt start
 * @param endedAt end
 * @param failure why it failed, and what was undone
 * @param result by name, such as backup, version, receipt
 * @param version rises with every change
 */
public record OperationView(
        String id,
        String kind,
        String subject,
        @Nullable GroupId group,
        OperationState state,
        String sentence,
        List<StepView> steps,
        String by,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String failure,
        Map<String, JsonNode> result,
        long version) {
    public OperationView {
        steps = List.copyOf(steps);
        result = Map.copyOf(result);
    }
}
