package io.xwasm.agent.daemon;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.xwasm.agent.ledger.replication.GroupMember;
import io.xwasm.agent.ledger.replication.NotPrimary;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Json;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the member that a request is for, and answers: with JSON, with a problem, or with the
 * address of the primary that can.
 */
final class VertxAnswers {
    private static final Logger log = LoggerFactory.getLogger(VertxAnswers.class);

    private final Ledgers ledgers;

    VertxAnswers(Ledgers ledgers) {
        this.ledgers = ledgers;
    }

    /**
     * The member that a request is for; with several groups the query parameter {@code group} says
     * which.
     */
    @Nullable GroupMember member(RoutingContext request, @Nullable GroupId named) {
        var group = named;
        var parameter = request.request().getParam("group");
        if (group == null && parameter != null) {
            try {
                group = new GroupId(parameter);
            } catch (IllegalArgumentException e) {
                refuse(request, CallProblem.of(400, "malformed_name", e.getMessage()));
                return null;
            }
        }
        if (group != null) {
            var member = ledgers.find(group);
            if (member == null) {
                refuse(request, unknownGroup(group));
            }
            return member;
        }
        var all = ledgers.all();
        if (all.size() != 1) {
            refuse(
                    request,
                    CallProblem.of(
                            all.isEmpty() ? 503 : 400,
                            all.isEmpty() ? "no_ledger" : "which_group",
                            all.isEmpty()
                                    ? "this node keeps no ledger yet"
                                    : "this node keeps several ledgers: name one with ?group="));
            return null;
        }
        return all.iterator().next();
    }

    static CallProblem unknownGroup(GroupId group) {
        return CallProblem.of(
                404, "unknown_group", "this node keeps no ledger of group '%s'".formatted(group));
    }

    /** Names the primary that can answer, or says that there is none. */
    static void sendElsewhere(RoutingContext request, @Nullable String primary, String message) {
        if (primary == null) {
            request.response().putHeader("Retry-After", "1");
            refuse(request, CallProblem.of(503, "no_primary", message));
            return;
        }
        request.response().putHeader("Location", primary + request.request().uri());
        refuse(request, CallProblem.of(307, "not_primary", message).askInstead(primary));
    }

    /** Sends what was found. */
    interface Sender<T extends @Nullable Object> {
        void send(RoutingContext to, T found);
    }

    /** Answers when the future completes, on the request's event loop. */
    <T extends @Nullable Object> void answer(
            RoutingContext request, CompletableFuture<T> future, Sender<T> sender) {
        Context context = request.vertx().getOrCreateContext();
        future.whenComplete((found, e) ->
                context.runOnContext(_ -> {
                    if (e == null) {
                        sender.send(request, found);
                    } else {
                        failed(request, e);
                    }
                }));
    }

    void failed(RoutingContext request, @Nullable Throwable e) {
        var cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        if (cause instanceof NotPrimary) {
            sendElsewhere(request, primaryElsewhere(), "this member does not serve as primary");
            return;
        }
        log.warn("answering {}", request.request().uri(), cause);
        refuse(request, CallProblem.of(500, "failed", "the agent failed to answer; see its log"));
    }

    private @Nullable String primaryElsewhere() {
        for (GroupMember member : ledgers.all()) {
            var primary = member.primaryElsewhere();
            if (primary != null) {
                return primary.api();
            }
        }
        return null;
    }

    /** A part of the path, which is there when the route matched. */
    static String part(RoutingContext request, String name) {
        return String.valueOf(request.pathParam(name));
    }

    static byte[] body(RoutingContext request) {
        var buffer = request.body().buffer();
        return buffer == null ? new byte[0] : buffer.getBytes();
    }

    static void send(RoutingContext request, int status, Object body) {
        end(request, status, "application/json", body);
    }

    static void refuse(RoutingContext request, CallProblem problem) {
        end(request, problem.status(), "application/problem+json", problem);
    }

    private static void end(RoutingContext request, int status, String type, Object body) {
        var response = request.response();
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status)
                    .putHeader("Content-Type", type)
                    .end(Buffer.buffer(Json.MAPPER.writeValueAsBytes(body)));
        }
    }
}
