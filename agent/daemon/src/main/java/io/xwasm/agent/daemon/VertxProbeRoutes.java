package io.xwasm.agent.daemon;

import static io.xwasm.agent.daemon.VertxAnswers.refuse;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** What supervisors and scrapers ask, and what everybody is told who asks for nonsense. */
final class VertxProbeRoutes {
    private final VertxAnswers answers;
    private final MicrometerLedgers gauges;
    private final Health health;
    private final long bodyLimit;

    VertxProbeRoutes(
            VertxAnswers answers, MicrometerLedgers gauges, Health health, long bodyLimit) {
        this.answers = answers;
        this.gauges = gauges;
        this.health = health;
        this.bodyLimit = bodyLimit;
    }

    void addTo(Router router) {
        router.get("/livez").handler(request -> request.response().end("alive\n"));
        router.get("/readyz").handler(this::ready);
        router.get("/metrics").handler(this::metrics);
        router.errorHandler(413, request -> refuse(request, tooLarge()));
        router.errorHandler(404, request -> refuse(request, unknownPath(request)));
        router.errorHandler(405, request -> refuse(request, wrongMethod(request)));
        router.errorHandler(500, request -> answers.failed(request, request.failure()));
    }

    private CallProblem tooLarge() {
        return CallProblem.of(
                413, "too_large", "a request has at most %d bytes".formatted(bodyLimit));
    }

    private static CallProblem unknownPath(RoutingContext request) {
        return CallProblem.of(404, "unknown_path", "nothing is at " + request.request().path());
    }

    private static CallProblem wrongMethod(RoutingContext request) {
        return CallProblem.of(
                405,
                "wrong_method",
                "%s does not take %s"
                        .formatted(request.request().path(), request.request().method()));
    }

    private void ready(RoutingContext request) {
        if (health.selfTest() != null) {
            refuse(request, CallProblem.of(503, "self_test", health.selfTest()));
        } else {
            request.response().end("ready\n");
        }
    }

    private void metrics(RoutingContext request) {
        request.response()
                .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .end(gauges.exposition());
    }
}
