package io.xwasm.controlplane.operations;

import io.xwasm.agent.protocol.Json;
import io.xwasm.controlplane.api.StepState;
import io.xwasm.controlplane.api.StepView;
import io.xwasm.controlplane.identity.Actor;
import io.xwasm.controlplane.metadata.MetadataUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One run through an operation, from wherever the journal says it stands. */
final class OperationRun {
    private static final Logger LOG = LoggerFactory.getLogger(OperationRun.class);
    private static final Duration PROGRESS_EVERY = Duration.ofMillis(250);

    private final Operations operations;
    private final Journal journal;
    private final Journal.Entry entry;
    private final List<Step> steps;
    private final Map<String, JsonNode> outputs;

    OperationRun(Operations operations, String id) {
        this.operations = operations;
        this.journal = operations.journal();
        this.entry = journal.entry(id).orElseThrow();
        this.steps = operations.kindOf(entry).steps();
        this.outputs = new HashMap<>(entry.outputs());
    }

    void run() throws InterruptedException {
        var recorded = entry.view().steps();
        int failedAt = failedAt(recorded);
        if (failedAt >= 0) {
            var why = String.valueOf(recorded.get(failedAt).sentence());
            takeBack(failedAt, failedAt, why, recorded);
            return;
        }
        for (int i = 0; i < steps.size(); i++) {
            if (recorded.get(i).state() != StepState.DONE && !carriedOut(i, recorded)) {
                return;
            }
        }
        journal.succeeded(entry.id(), lastSentence(), result());
        operations.ended(entry, "succeeded");
    }

    private static int failedAt(List<StepView> recorded) {
        for (int i = 0; i < recorded.size(); i++) {
            if (recorded.get(i).state() == StepState.FAILED) {
                return i;
            }
        }
        return -1;
    }

    /**
     * @return false when the operation has ended with it
     */
    private boolean carriedOut(int position, List<StepView> recorded) throws InterruptedException {
        var step = steps.get(position);
        var stop = step.stoppable() ? journal.stopAsked(entry.id()) : Optional.<String>empty();
        if (stop.isPresent()) {
            var why = "stopped before '%s': %s".formatted(step.name(), stop.get());
            journal.stepFailed(entry.id(), position, why);
            takeBack(position, position - 1, why, recorded);
            return false;
        }
        journal.stepBegan(entry.id(), position);
        operations.tell(entry.id());
        try {
            var context = new Context(position);
            var result = step.work().run(context);
            var output = context.remembered;
            output.setAll(result.output());
            output.properties().forEach(p -> outputs.put(p.getKey(), p.getValue()));
            journal.stepDone(entry.id(), position, result.sentence(), output);
            operations.tell(entry.id());
            return true;
        } catch (MetadataUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            var why = sentence(step, e);
            journal.stepFailed(entry.id(), position, why);
            takeBack(position, position, why, recorded);
            return false;
        }
    }

    private String sentence(Step step, RuntimeException e) {
        if (e instanceof StepFailed failed) {
            return failed.sentence();
        }
        LOG.error("'{}' of operation {} failed unexpectedly", step.name(), entry.id(), e);
        return "'%s' failed unexpectedly: %s".formatted(step.name(), e.getMessage());
    }

    /** The failed step itself is taken back too: an attempt that was cut short may have acted. */
    private void takeBack(int failed, int from, String why, List<StepView> recorded)
            throws InterruptedException {
        var taken = new ArrayList<String>();
        for (int i = from; i >= 0; i--) {
            var undo = steps.get(i).undo();
            if (undo == null) {
                continue;
            }
            if (recorded.get(i).state() == StepState.UNDONE) {
                taken.add(String.valueOf(recorded.get(i).sentence()));
                continue;
            }
            try {
                var sentence = undo.run(new Context(i));
                taken.add(sentence);
                // The failed step stays marked: it says why the operation failed.
                if (i != failed) {
                    journal.stepUndone(entry.id(), i, sentence);
                }
            } catch (MetadataUnavailable e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.error("undoing '{}' of {} failed", steps.get(i).name(), entry.id(), e);
                taken.add(
                        "'%s' could not be undone: %s"
                                .formatted(steps.get(i).name(), e.getMessage()));
            }
        }
        var undone = taken.isEmpty() ? "" : " (" + String.join("; ", taken) + ")";
        journal.failed(entry.id(), why + undone);
        operations.ended(entry, "failed");
    }

    private String lastSentence() {
        var steps = journal.view(entry.id()).orElseThrow().steps();
        return steps.isEmpty() ? "done" : String.valueOf(steps.getLast().sentence());
    }

    private Map<String, JsonNode> result() {
        var shown = new HashMap<>(outputs);
        shown.keySet().retainAll(operations.kindOf(entry).shown());
        return shown;
    }

    private final class Context implements StepContext {
        private final int position;
        private final ObjectNode remembered = Json.MAPPER.createObjectNode();
        private Instant toldAt = Instant.EPOCH;

        Context(int position) {
            this.position = position;
        }

        @Override
        public String operation() {
            return entry.id();
        }

        @Override
        public String subject() {
            return entry.subject();
        }

        @Override
        public Actor actor() {
            return entry.actor();
        }

        @Override
        public JsonNode input() {
            return entry.input();
        }

        @Override
        public JsonNode output(String name) {
            return outputIfAny(name)
                    .orElseThrow(
                            () -> new IllegalStateException("no step has left '" + name + "'"));
        }

        @Override
        public Optional<JsonNode> outputIfAny(String name) {
            return Optional.ofNullable(outputs.get(name));
        }

        @Override
        public void remember(String name, Object value) {
            remembered.set(name, Json.MAPPER.valueToTree(value));
            journal.remember(entry.id(), position, remembered);
            outputs.put(name, remembered.get(name));
        }

        @Override
        public void progress(long done, long total, String sentence) {
            var now = operations.now();
            if (toldAt.plus(PROGRESS_EVERY).isBefore(now)) {
                toldAt = now;
                journal.progress(entry.id(), position, done, total, sentence);
                operations.tell(entry.id());
            }
        }

        @Override
        public Optional<String> stopAsked() {
            return journal.stopAsked(entry.id());
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            operations.pause(duration);
        }
    }
}
