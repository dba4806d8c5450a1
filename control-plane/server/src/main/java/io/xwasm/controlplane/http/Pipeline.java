package io.xwasm.controlplane.http;

import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.Problem;
import io.xwasm.controlplane.api.Role;
import io.xwasm.controlplane.identity.Actor;
import io.xwasm.controlplane.identity.Caller;
import io.xwasm.controlplane.identity.Deed;
import io.xwasm.controlplane.keys.Sealer;
import io.xwasm.controlplane.metadata.Database;
import io.xwasm.controlplane.metadata.MetadataUnavailable;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** What is done for every request, in order. Blocks; runs on a virtual thread. */
public final class Pipeline {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final Doorkeeper doorkeeper;
    private final AuditTrail audit;
    private final Idempotency idempotency;
    private final RequestMetrics metrics;
    private final InstantSource clock;

    public Pipeline(
            Doorkeeper doorkeeper,
            AuditTrail audit,
            Database database,
            Sealer sealer,
            RequestMetrics metrics,
            InstantSource clock) {
        this.doorkeeper = doorkeeper;
        this.audit = audit;
        this.idempotency = new Idempotency(database, sealer, clock);
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Carries the request out and answers it; refusals and failures are answers too. */
    public Answer handle(Route route, Incoming incoming) {
        var began = clock.instant();
        var answer = audited(route, incoming);
        metrics.answered(
                route.method(),
                route.path(),
                answer.status(),
                Duration.between(began, clock.instant()));
        return answer;
    }

    /** For a body that is longer than the route takes, so that it was not read. */
    Answer refuseBody(Route route, Incoming incoming, long limit) {
        var id = UUID.randomUUID().toString();
        var problem =
                problem(
                        Refusal.of(
                                ProblemKind.TOO_LARGE,
                                "the body is longer than the %,d bytes that this path takes"
                                        .formatted(limit)),
                        id);
        return enter(route, new Request(incoming, id, callerIfKnown(incoming)), problem);
    }

    /** For the stream of events, which is no request with one answer. */
    Caller signedIn(Incoming incoming) {
        return doorkeeper.authenticate(bearer(incoming));
    }

    private Answer audited(Route route, Incoming incoming) {
        var id = UUID.randomUUID().toString();
        Caller caller;
        try {
            caller = caller(route, incoming);
        } catch (Refusal refusal) {
            return enter(route, new Request(incoming, id, null), problem(refusal, id));
        } catch (MetadataUnavailable e) {
            return unavailable(e, id);
        }
        var key = incoming.headers().get("idempotency-key");
        if (caller == null || key == null || !route.method().equals("POST")) {
            var request = new Request(incoming, id, caller);
            return enter(route, request, carriedOut(route, request));
        }
        return once(route, incoming, id, caller, key);
    }

    private Answer once(Route route, Incoming incoming, String id, Caller caller, String key) {
        var target = route.path() + incoming.parameters().values();
        Idempotency.Turn turn;
        try {
            turn = idempotency.begin(caller.user(), key, route.method(), target, incoming.body());
        } catch (Refusal refusal) {
            return enter(route, new Request(incoming, id, caller), problem(refusal, id));
        }
        return switch (turn) {
            case Idempotency.Turn.Again(var answer) -> answer;
            case Idempotency.Turn.First(var first) -> {
                var request = new Request(incoming, first, caller);
                var answer = enter(route, request, carriedOut(route, request));
                idempotency.end(caller.user(), key, answer);
                yield answer;
            }
        };
    }

    private @Nullable Caller caller(Route route, Incoming incoming) {
        return route.door() == Route.Door.OPEN ? null : doorkeeper.authenticate(bearer(incoming));
    }

    private @Nullable Caller callerIfKnown(Incoming incoming) {
        try {
            return doorkeeper.authenticate(bearer(incoming));
        } catch (Refusal _) {
            return null;
        }
    }

    private static String bearer(Incoming incoming) {
        var header = incoming.headers().getOrDefault("authorization", "");
        if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw Refusal.of(
                    ProblemKind.NOT_SIGNED_IN,
                    "this needs a session or token: send it as 'Authorization: Bearer …'");
        }
        return header.substring(7).strip();
    }

    private Answer carriedOut(Route route, Request request) {
        try {
            if (route.door() == Route.Door.OPERATOR && !request.caller().may(Role.OPERATOR)) {
                throw Refusal.of(
                        ProblemKind.NOT_PERMITTED,
                        "%s needs role operator, and %s is a viewer"
                                .formatted(route.action(), request.caller().name()));
            }
            return route.handler().answer(request);
        } catch (Refusal refusal) {
            return problem(refusal, request.id());
        } catch (MetadataUnavailable e) {
            return unavailable(e, request.id());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return problem(
                    Refusal.of(ProblemKind.UNAVAILABLE, "the control plane is shutting down"),
                    request.id());
        } catch (RuntimeException e) {
            LOG.error("{} {} failed (request {})", route.method(), route.path(), request.id(), e);
            return problem(
                    Refusal.of(
                            ProblemKind.INTERNAL,
                            "the control plane failed at this request; its log has the reason under request %s"
                                    .formatted(request.id())),
                    request.id());
        }
    }

    private static Answer unavailable(MetadataUnavailable e, String id) {
        LOG.error("the metadata are unavailable (request {})", id, e);
        return problem(
                Refusal.of(
                        ProblemKind.UNAVAILABLE,
                        "the control plane cannot reach its metadata: "
                                + Objects.requireNonNullElse(e.getMessage(), "no reason given")),
                id);
    }

    /** Invariant 6: the entry is on disk before the answer leaves. */
    private Answer enter(Route route, Request request, Answer answer) {
        var action = route.action();
        if (action == null) {
            return answer;
        }
        try {
            audit.enter(
                    new Deed(
                            actor(request),
                            action,
                            request.target(),
                            outcome(answer.status()),
                            answer.status(),
                            operation(answer.body()),
                            request.beforeJson(),
                            request.afterJson()));
            return answer;
        } catch (MetadataUnavailable e) {
            return unavailable(e, request.id());
        }
    }

    private static Actor actor(Request request) {
        return request.actor();
    }

    private static String outcome(int status) {
        return status < 400 ? "done" : status < 500 ? "refused" : "failed";
    }

    private static @Nullable String operation(@Nullable Object body) {
        return switch (body) {
            case OperationView view -> view.id();
            case JsonNode node when node.path("steps").isArray() -> node.path("id").asString();
            case null, default -> null;
        };
    }

    static Answer problem(Refusal refusal, String request) {
        var kind = refusal.kind();
        List<String> findings = refusal.findings();
        return new Answer(
                kind.status(),
                new Problem(
                        kind.type(),
                        kind.title(),
                        kind.status(),
                        refusal.sentence(),
                        request,
                        findings.isEmpty() ? null : findings),
                null);
    }
}
