package io.xwasm.agent.daemon;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** The HTTP server for callers, probes and scrapers. */
final class VertxCallServer implements AutoCloseable {
    /** One event loop checks about 15,000 signatures a second. */
    private static final int EVENT_LOOPS = 2;

    private final Vertx vertx;
    private final String deployment;
    private final String api;

    private VertxCallServer(Vertx vertx, String deployment, String api) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.api = api;
    }

    static VertxCallServer start(
            Vertx vertx,
            AgentConfig.Address address,
            Ledgers ledgers,
            Contracts contracts,
            MicrometerLedgers gauges,
            Health health)
            throws IOException {
        var port = new AtomicInteger(address.port());
        var answers = new VertxAnswers(ledgers);
        Routes routes =
                router -> {
                    router.route()
                            .handler(
                                    BodyHandler.create(false)
                                            .setBodyLimit(VertxCallRoutes.BODY_LIMIT));
                    new VertxCallRoutes(ledgers, answers).addTo(router);
                    new VertxStateRoutes(answers, contracts).addTo(router);
                    new VertxProbeRoutes(answers, gauges, health, VertxCallRoutes.BODY_LIMIT)
                            .addTo(router);
                };
        try {
            var deployment =
                    vertx.deployVerticle(
                                    () -> new Loop(address, port, routes),
                                    new DeploymentOptions().setInstances(EVENT_LOOPS))
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get();
            return new VertxCallServer(
                    vertx, deployment, "http://%s:%d".formatted(address.bind(), port.get()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BindException) {
                var better = new BindException("HTTP port %d is in use".formatted(address.port()));
                better.initCause(e.getCause());
                throw better;
            }
            throw new IOException("starting the HTTP server", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("starting the HTTP server was interrupted", e);
        }
    }

    private interface Routes {
        void addTo(Router router);
    }

    /** One event loop with its own routes. */
    private static final class Loop extends AbstractVerticle {
        /**
         * What Vert.x takes for a free port that all event loops share; with 0 each had its own.
         */
        private static final int ANY_FOR_ALL_LOOPS = -1;

        private final AgentConfig.Address address;
        private final AtomicInteger port;
        private final Routes routes;

        Loop(AgentConfig.Address address, AtomicInteger port, Routes routes) {
            this.address = address;
            this.port = port;
            this.routes = routes;
        }

        @Override
        public void start(Promise<Void> started) {
            var router = Router.router(vertx);
            routes.addTo(router);
            vertx.createHttpServer(
                            new HttpServerOptions()
                                    .setHost(address.bind())
                                    .setPort(
                                            address.port() == 0
                                                    ? ANY_FOR_ALL_LOOPS
                                                    : address.port())
                                    .setTcpNoDelay(true)
                                    .setIdleTimeout(120))
                    .requestHandler(router)
                    .listen()
                    .onSuccess(server -> port.compareAndSet(0, server.actualPort()))
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }

    /** Base address for callers. */
    String api() {
        return api;
    }

    @Override
    public void close() {
        vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().join();
    }
}
