package io.xwasm.controlplane.operations;

import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.identity.Actor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is known of every operation, on disk when a method returns. Each write may be the last thing
 * that a process does.
 */
public interface Journal {
    /** How an operation began. */
    sealed interface Begun {
        /**
         * @param repeated whether it had begun before, for the same request
         */
        record Started(String id, boolean repeated) implements Begun {}

        record Blocked(OperationView by) implements Begun {}
    }

    /** What a runner needs to go on. */
    record Entry(
            String id,
            String kind,
            String subject,
            Actor actor,
            JsonNode input,
            OperationView view,
            Map<String, JsonNode> outputs) {}

    Begun begin(
            OperationOrder order,
            List<String> steps,
            Actor actor,
            Function<List<OperationView>, Optional<OperationView>> blockedBy);

    void stepBegan(String id, int position);

    /** Keeps outputs of a step that is not done yet. */
    void remember(String id, int position, ObjectNode output);

    void stepDone(String id, int position, String sentence, ObjectNode output);

    void stepFailed(String id, int position, String sentence);

    void stepUndone(String id, int position, String sentence);

    void progress(String id, int position, long done, long total, String sentence);

    void succeeded(String id, String sentence, Map<String, JsonNode> result);

    void failed(String id, String failure);

    void askToStop(String id, String why);

    Optional<String> stopAsked(String id);

    Optional<Entry> entry(String id);

    Optional<OperationView> view(String id);

    /** The operation that a request began. */
    Optional<OperationView> ofRequest(String request);

    List<OperationView> running();

    /** Newest first, below a sequence number. */
    List<Numbered> page(@Nullable String state, long below, int limit);

    /** A view and its place in the list. */
    record Numbered(long sequence, OperationView view) {}

    /** The newest operation of one of these kinds on a group that succeeded. */
    Optional<OperationView> newest(String group, List<String> kinds);
}
