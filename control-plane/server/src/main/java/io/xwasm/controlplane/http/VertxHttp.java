package io.xwasm.controlplane.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.controlplane.api.Problem;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Vert.x Web at the edge: event loops read and write, virtual threads do everything between. */
public final class VertxHttp implements AutoCloseable {
    private static final int JSON_LIMIT = 64 << 10;

    /** Code up to its own limit is judged by its catalogue, which has a better sentence. */
    private static final int CODE_LIMIT = SignedCall.SIZE_LIMIT;

    /** A call that stores code travels as base64 inside JSON. */
    private static final int MESSAGE_LIMIT = 4 << 20;

    private final Vertx vertx;
    private final Router router;
    private final Pipeline pipeline;
    private @Nullable HttpServer server;

    public VertxHttp(Vertx vertx, Pipeline pipeline, List<Route> routes) {
        this.vertx = vertx;
        this.router = Router.router(vertx);
        this.pipeline = pipeline;
        routes.forEach(this::add);
        router.errorHandler(
                404, ctx -> plain(ctx, ProblemKind.UNKNOWN_PATH, "there is no path %s"));
        router.errorHandler(
                405, ctx -> plain(ctx, ProblemKind.WRONG_METHOD, "%s does not take this method"));
        router.errorHandler(400, ctx -> plain(ctx, ProblemKind.MALFORMED, "%s cannot be read"));
        router.errorHandler(500, ctx -> plain(ctx, ProblemKind.INTERNAL, "%s failed"));
    }

    /** Answers a path outside the pipeline: the stream of events, the agents' link. */
    public interface Special {
        void handle(RoutingContext context);
    }

    public VertxHttp special(String path, Special special) {
        router.get(path).handler(special::handle);
        return this;
    }

    /**
     * Listens.
     *
     * @throws CannotListen when the port is taken or the address is not this machine's
     */
    public URI listen(HttpConfig config) {
        var options =
                new HttpServerOptions()
                        .setHost(config.bind())
                        .setPort(config.port())
                        .setMaxWebSocketFrameSize(MESSAGE_LIMIT)
                        .setMaxWebSocketMessageSize(MESSAGE_LIMIT)
                        .setIdleTimeout(0);
        var created = vertx.createHttpServer(options).requestHandler(router);
        try {
            server = created.listen().toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new CannotListen(config, e.getCause());
        }
        var host = config.bind().contains(":") ? "[" + config.bind() + "]" : config.bind();
        return URI.create("http://%s:%d".formatted(host, server.actualPort()));
    }

    private void add(Route route) {
        int limit = route.takesCode() ? CODE_LIMIT : JSON_LIMIT;
        var path = route.path().replaceAll("\\{(\\w+)\\}", ":$1");
        router.route(HttpMethod.valueOf(route.method()), path)
                .handler(BodyHandler.create(false).setBodyLimit(limit))
                .handler(ctx -> onVirtualThread(ctx, () -> pipeline.handle(route, incoming(ctx))))
                .failureHandler(ctx -> failed(ctx, route, limit));
    }

    private void failed(RoutingContext ctx, Route route, int limit) {
        if (ctx.statusCode() == 413) {
            if (ctx.request().version() != HttpVersion.HTTP_2) {
                // The rest of the body is not read: the connection cannot be used again.
                ctx.response().putHeader("Connection", "close");
            }
            onVirtualThread(ctx, () -> pipeline.refuseBody(route, incoming(ctx), limit));
        } else {
            ctx.next();
        }
    }

    private interface Work {
        Answer answer();
    }

    private static void onVirtualThread(RoutingContext ctx, Work work) {
        Context loop = ctx.vertx().getOrCreateContext();
        Thread.ofVirtual()
                .name("request")
                .start(() -> {
                    var answer = work.answer();
                    loop.runOnContext(_ -> write(ctx.response(), answer));
                });
    }

    private static void write(HttpServerResponse response, Answer answer) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(answer.status());
        response.putHeader("Cache-Control", "no-store");
        if (answer.version() != null) {
            response.putHeader("ETag", "\"" + answer.version() + "\"");
        }
        switch (answer.body()) {
            case null -> response.end();
            case Answer.Text(var type, var content) ->
                    response.putHeader("Content-Type", type).end(content);
            case Object body -> {
                boolean problem = answer.status() >= 400;
                response.putHeader(
                        "Content-Type", problem ? "application/problem+json" : "application/json");
                response.end(Json.write(body));
            }
        }
    }

    private static void plain(RoutingContext ctx, ProblemKind kind, String sentence) {
        var refusal = Refusal.of(kind, sentence.formatted(ctx.request().path()));
        write(ctx.response(), Pipeline.problem(refusal, UUID.randomUUID().toString()));
    }

    /** Writes a refusal of a special path. */
    public static void refuse(RoutingContext ctx, Problem problem) {
        write(ctx.response(), new Answer(problem.status(), problem, null));
    }

    static Incoming incoming(RoutingContext ctx) {
        Buffer body = ctx.body() == null ? null : ctx.body().buffer();
        return new Incoming(
                ctx.pathParams(),
                query(ctx),
                headers(ctx.request()),
                body == null ? new byte[0] : body.getBytes(),
                source(ctx.request()));
    }

    private static Map<String, String> query(RoutingContext ctx) {
        var query = new HashMap<String, String>();
        ctx.queryParams().forEach(query::putIfAbsent);
        return query;
    }

    private static Map<String, String> headers(HttpServerRequest request) {
        var headers = new HashMap<String, String>();
        request.headers()
                .forEach(
                        (name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        return headers;
    }

    private static String source(HttpServerRequest request) {
        var address = request.remoteAddress();
        return address == null ? "unknown" : address.hostAddress();
    }

    @Override
    public void close() {
        if (server != null) {
            var _ = server.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /** The address cannot be listened on. */
    public static final class CannotListen extends RuntimeException {
        CannotListen(HttpConfig config, @Nullable Throwable cause) {
            super(
                    "cannot listen on %s port %d: %s; is it in use?"
                            .formatted(
                                    config.bind(),
                                    config.port(),
                                    cause == null ? "no reason given" : cause.getMessage()),
                    cause);
        }
    }
}
