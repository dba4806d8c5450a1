package io.xwasm.controlplane.operations;

import io.xwasm.controlplane.http.Answer;
import io.xwasm.controlplane.http.Request;
import io.xwasm.controlplane.http.Route;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Operations over HTTP. */
public final class OperationRoutes {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Set<String> STATES = Set.of("running", "succeeded", "failed");

    private final Operations operations;

    public OperationRoutes(Operations operations) {
        this.operations = operations;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/operations", this::list), Route.get("/operations/{id}", this::show));
    }

    private Answer list(Request request) {
        var stretch = request.stretch();
        var state = request.query("state").orElse(null);
        if (state != null && !STATES.contains(state)) {
            throw Refusal.of(
                    ProblemKind.MALFORMED,
                    "state is running, succeeded or failed, not '%s'".formatted(state));
        }
        var rows =
                operations
                        .journal()
                        .page(state, stretch.numberCursor(Long.MAX_VALUE), stretch.limit() + 1);
        return Answer.page(
                rows,
                stretch.limit(),
                row -> Long.toString(row.sequence()),
                Journal.Numbered::view);
    }

    private Answer show(Request request) throws InterruptedException {
        var id = request.path("id");
        long above = request.queryNumber("above", -1, 0, Long.MAX_VALUE);
        var view = above < 0 ? operations.find(id) : operations.await(id, above, PATIENCE);
        return Answer.ok(view.orElseThrow(() -> unknown(id)));
    }

    private static Refusal unknown(String id) {
        return Refusal.of(
                ProblemKind.UNKNOWN_OPERATION, "there is no operation '%s'".formatted(id));
    }
}
