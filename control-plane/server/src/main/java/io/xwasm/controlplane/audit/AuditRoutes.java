package io.xwasm.controlplane.audit;

import io.xwasm.controlplane.http.Answer;
import io.xwasm.controlplane.http.Request;
import io.xwasm.controlplane.http.Route;
import java.util.List;

/** The audit log over HTTP. */
public final class AuditRoutes {
    private final AuditLog log;

    public AuditRoutes(AuditLog log) {
        this.log = log;
    }

    public List<Route> routes() {
        return List.of(Route.get("/audit", this::entries));
    }

    private Answer entries(Request request) {
        var stretch = request.stretch();
        return Answer.page(
                log.entries(stretch.numberCursor(Long.MAX_VALUE), stretch.limit() + 1),
                stretch.limit(),
                entry -> Long.toString(entry.id()));
    }
}
