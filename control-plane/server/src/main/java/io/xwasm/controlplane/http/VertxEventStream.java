package io.xwasm.controlplane.http;

import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import io.xwasm.agent.protocol.Json;
import io.xwasm.controlplane.api.FleetEvent;
import io.xwasm.controlplane.api.Problem;
import io.xwasm.controlplane.events.FleetEvents;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.util.UUID;

/** Server-sent events: what changed, resumable by {@code Last-Event-ID}. */
public final class VertxEventStream implements VertxHttp.Special {
    private static final long KEEP_ALIVE_MILLIS = 10_000;

    /** Room for everything that is kept, which a resuming reader gets at once. */
    private static final int REPLAY_BYTES = 16 << 20;

    private final Vertx vertx;
    private final Pipeline pipeline;
    private final FleetEvents events;

    public VertxEventStream(Vertx vertx, Pipeline pipeline, FleetEvents events) {
        this.vertx = vertx;
        this.pipeline = pipeline;
        this.events = events;
    }

    @Override
    public void handle(RoutingContext ctx) {
        var incoming = VertxHttp.incoming(ctx);
        var loop = vertx.getOrCreateContext();
        Thread.ofVirtual()
                .name("events")
                .start(() -> {
                    try {
                        var _ = pipeline.signedIn(incoming);
                        long after = after(incoming);
                        loop.runOnContext(_ -> stream(ctx, after));
                    } catch (Refusal refusal) {
                        var answer = Pipeline.problem(refusal, UUID.randomUUID().toString());
                        loop.runOnContext(_ -> VertxHttp.refuse(ctx, (Problem) body(answer)));
                    }
                });
    }

    private static Object body(Answer answer) {
        return java.util.Objects.requireNonNull(answer.body());
    }

    private long after(Incoming incoming) {
        var header = incoming.headers().get("last-event-id");
        if (header == null) {
            return events.newest();
        }
        try {
            return Long.parseLong(header.strip());
        } catch (NumberFormatException _) {
            throw Refusal.of(
                    ProblemKind.MALFORMED, "Last-Event-ID is a number, not '%s'".formatted(header));
        }
    }

    private void stream(RoutingContext ctx, long after) {
        var response = ctx.response();
        var loop = vertx.getOrCreateContext();
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store");
        response.setWriteQueueMaxSize(REPLAY_BYTES);
        var _ = response.write(": welcome\n\n");
        var stop = events.follow(after, event -> loop.runOnContext(_ -> send(ctx, text(event))));
        long timer = vertx.setPeriodic(KEEP_ALIVE_MILLIS, _ -> send(ctx, ": alive\n\n"));
        response.closeHandler(_ -> {
            stop.run();
            vertx.cancelTimer(timer);
        });
    }

    private static void send(RoutingContext ctx, String text) {
        var response = ctx.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.writeQueueFull()) {
            // A reader this slow gets a new connection and resumes by id; memory stays bounded.
            response.reset();
            return;
        }
        var _ = response.write(text);
    }

    private static String text(FleetEvent event) {
        return "id: %d\ndata: %s\n\n".formatted(event.id(), Json.write(event));
    }
}
