package io.xwasm.controlplane.operations;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Json;
import io.xwasm.controlplane.api.OperationView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is to be begun.
 *
 * @param subject contract, group, backup or account
 * @param input what its steps need to know
 */
public record OperationOrder(
        String kind, String subject, @Nullable GroupId group, JsonNode input, Turn turn) {
    /** Says which running operation stands in the way, if any. */
    @FunctionalInterface
    public interface Turn {
        Optional<OperationView> blockedBy(List<OperationView> running);
    }

    public static OperationOrder of(
            String kind, String subject, @Nullable GroupId group, Object input, Turn turn) {
        return new OperationOrder(kind, subject, group, Json.MAPPER.valueToTree(input), turn);
    }

    /** Never waits for another. */
    public static Turn free() {
        return _ -> Optional.empty();
    }

    /** Not while one of these kinds runs on the same subject. */
    public static Turn onePerSubject(String subject, Set<String> kinds) {
        return running ->
                running.stream()
                        .filter(o -> o.subject().equals(subject) && kinds.contains(o.kind()))
                        .findFirst();
    }

    /** Not while one of these kinds runs in the same group. */
    public static Turn onePerGroup(GroupId group, Set<String> kinds) {
        return running ->
                running.stream()
                        .filter(o -> group.equals(o.group()) && kinds.contains(o.kind()))
                        .findFirst();
    }

    /** Neither this nor that stands in the way. */
    public static Turn both(Turn first, Turn second) {
        return running -> first.blockedBy(running).or(() -> second.blockedBy(running));
    }
}
