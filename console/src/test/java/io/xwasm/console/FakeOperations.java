package io.xwasm.console;

import io.xwasm.controlplane.api.OperationState;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.StepState;
import io.xwasm.controlplane.api.StepView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Operations that take a step every 0.6 s of real time. */
final class FakeOperations {
    private static final Duration STEP = Duration.ofMillis(600);

    private final List<Started> operations = new CopyOnWriteArrayList<>();

    private record Started(OperationView seed, Instant at, List<String> steps) {}

    FakeOperations() {
        ended("failover", "main", 420, 1, List.of("Detect", "Decide", "Promote", "Serve"), null);
        ended(
                "upgrade",
                "dex",
                1_900,
                60,
                List.of("Check", "Distribute", "Cut over", "Watch"),
                null);
        ended("rollback", "lending", 3_700, 2, List.of("Check", "Cut over"), null);
        ended("backup", "main", 7_300, 48, List.of("Snapshot", "Write chunks"), null);
        ended(
                "restore",
                "eu-2",
                50_000,
                8,
                List.of("Fetch"),
                "manifest of b-20391 does not match its key; nothing was changed");
    }

    OperationView start(String kind, String subject, List<String> steps) {
        var seed =
                seed("op-" + (8000 + operations.size()), kind, subject, Instant.now(), null, null);
        operations.add(new Started(seed, seed.startedAt(), steps));
        return at(operations.getLast());
    }

    private void ended(
            String kind, String subject, long age, long took, List<String> steps, String failure) {
        var seed =
                seed(
                        "op-" + (8000 + operations.size()),
                        kind,
                        subject,
                        FakeFleet.ago(age),
                        FakeFleet.ago(age - took),
                        failure);
        operations.add(new Started(seed, seed.startedAt(), steps));
    }

    private static OperationView seed(
            String id, String kind, String subject, Instant start, Instant end, String failure) {
        return new OperationView(
                id,
                kind,
                subject,
                null,
                OperationState.RUNNING,
                "",
                List.of(),
                "operator-1",
                start,
                end,
                failure,
                Map.of(),
                1);
    }

    List<OperationView> list(String state) {
        return operations.reversed().stream()
                .map(FakeOperations::at)
                .sorted((a, b) -> b.startedAt().compareTo(a.startedAt()))
                .filter(o -> state == null || o.state().name().equalsIgnoreCase(state))
                .toList();
    }

    OperationView one(String id) {
        return operations.stream()
                .filter(o -> o.seed().id().equals(id))
                .map(FakeOperations::at)
                .findFirst()
                .orElse(null);
    }

    private static OperationView at(Started started) {
        var seed = started.seed();
        int count = started.steps().size();
        int done =
                seed.endedAt() != null
                        ? count
                        : (int) Duration.between(started.at(), Instant.now()).dividedBy(STEP);
        boolean failed = seed.failure() != null;
        List<StepView> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean last = i == count - 1;
            var state =
                    i < done
                            ? (failed && last ? StepState.FAILED : StepState.DONE)
                            : i == done ? StepState.RUNNING : StepState.WAITING;
            var begin = started.at().plus(STEP.multipliedBy(i));
            steps.add(
                    new StepView(
                            started.steps().get(i),
                            state,
                            state == StepState.WAITING ? null : "on all 3 nodes",
                            i == 1 ? 2 : 1,
                            begin,
                            i < done ? begin.plus(STEP) : null,
                            0,
                            0));
        }
        boolean over = done >= count;
        var state =
                !over
                        ? OperationState.RUNNING
                        : failed ? OperationState.FAILED : OperationState.SUCCEEDED;
        return new OperationView(
                seed.id(),
                seed.kind(),
                seed.subject(),
                seed.group(),
                state,
                over
                        ? (failed ? "stopped at " + started.steps().getLast() : "done in all steps")
                        : started.steps().get(done) + " on 3 nodes",
                steps,
                seed.by(),
                started.at(),
                over
                        ? (seed.endedAt() == null
                                ? started.at().plus(STEP.multipliedBy(count))
                                : seed.endedAt())
                        : null,
                seed.failure(),
                Map.of(),
                1 + Math.min(done, count));
    }
}
