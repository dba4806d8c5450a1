package io.xwasm.controlplane.fleet;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import io.xwasm.controlplane.api.Problem;
import io.xwasm.controlplane.http.VertxHttp;
import io.xwasm.controlplane.problems.ProblemKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where agents dial in: a WebSocket behind the enrolment token. */
public final class VertxAgentEndpoint implements VertxHttp.Special {
    public static final String PATH = "/agent/v1/link";

    private static final Logger LOG = LoggerFactory.getLogger(VertxAgentEndpoint.class);

    private final Vertx vertx;
    private final AgentLinks links;
    private final EnrolmentToken token;

    public VertxAgentEndpoint(Vertx vertx, AgentLinks links, EnrolmentToken token) {
        this.vertx = vertx;
        this.links = links;
        this.token = token;
    }

    @Override
    public void handle(RoutingContext ctx) {
        var header = ctx.request().getHeader("Authorization");
        var presented =
                header != null && header.startsWith("Bearer ") ? header.substring(7).strip() : "";
        if (!token.matches(presented)) {
            LOG.warn("refused an agent from {}: unknown token", ctx.request().remoteAddress());
            VertxHttp.refuse(
                    ctx,
                    new Problem(
                            ProblemKind.NOT_SIGNED_IN.type(),
                            ProblemKind.NOT_SIGNED_IN.title(),
                            401,
                            "this agent's token is not the one in agents.token-file",
                            null,
                            null));
            return;
        }
        ctx.request()
                .toWebSocket()
                .onSuccess(this::open)
                .onFailure(e -> LOG.warn("an agent's link could not be opened", e));
    }

    private void open(ServerWebSocket socket) {
        var link = links.open(new SocketWire(vertx.getOrCreateContext(), socket));
        socket.textMessageHandler(link::received);
        socket.closeHandler(_ -> link.closed());
        socket.exceptionHandler(e -> LOG.debug("an agent's link broke", e));
    }

    private record SocketWire(io.vertx.core.Context loop, ServerWebSocket socket)
            implements AgentLink.Wire {
        @Override
        public void send(String text) {
            loop.runOnContext(_ -> {
                if (!socket.isClosed()) {
                    var _ = socket.writeTextMessage(text);
                }
            });
        }

        @Override
        public void close() {
            loop.runOnContext(_ -> {
                var _ = socket.close();
            });
        }
    }
}
