package io.xwasm.agent.daemon;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.xwasm.agent.protocol.AgentCommand;
import io.xwasm.agent.protocol.AgentEvent;
import io.xwasm.agent.protocol.Ask;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.Reply;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Takes one agent's link as a control plane does, and says what the test says. */
final class ScriptedControlPlane implements AutoCloseable {
    static final String TOKEN = "the agents' token";

    private final Vertx vertx = Vertx.vertx();
    private final URI address;
    private final List<AgentEvent> heard = new ArrayList<>();
    private @Nullable ServerWebSocket link;
    private int refused;
    private int asked;

    ScriptedControlPlane() throws Exception {
        var server =
                vertx.createHttpServer()
                        .webSocketHandshakeHandler(handshake -> {
                            if (handshake.path().equals("/agent/v1/link")
                                    && ("Bearer " + TOKEN)
                                            .equals(handshake.headers().get("Authorization"))) {
                                handshake.accept();
                            } else {
                                refuse();
                                handshake.reject(401);
                            }
                        })
                        .webSocketHandler(this::linked)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get();
        address = URI.create("http://127.0.0.1:" + server.actualPort());
    }

    private synchronized void refuse() {
        refused++;
    }

    private synchronized void linked(ServerWebSocket socket) {
        link = socket;
        socket.textMessageHandler(text -> hear(Json.read(text, AgentEvent.class)));
    }

    private synchronized void hear(AgentEvent event) {
        heard.add(event);
    }

    URI address() {
        return address;
    }

    /** How many links were refused. */
    synchronized int refused() {
        return refused;
    }

    synchronized boolean isLinked() {
        return link != null;
    }

    synchronized <T extends AgentEvent> List<T> heard(Class<T> kind) {
        return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    void tell(AgentCommand command) {
        write(Json.write(command));
    }

    synchronized void write(String text) {
        Objects.requireNonNull(link, "no agent is linked").writeTextMessage(text);
    }

    synchronized void hangUp() {
        Objects.requireNonNull(link, "no agent is linked").close();
        link = null;
    }

    /** Asks and waits for the answer. */
    Reply ask(Ask ask) throws Exception {
        String id;
        synchronized (this) {
            id = "r-" + ++asked;
        }
        tell(new AgentCommand.Request(id, ask));
        return await(AgentEvent.Answer.class, answer -> answer.request().equals(id)).reply();
    }

    /** Waits until such an event has come. */
    <T extends AgentEvent> T await(Class<T> kind, Predicate<T> wanted) throws Exception {
        Eventually.holds(
                "a %s".formatted(kind.getSimpleName()),
                () -> heard(kind).stream().anyMatch(wanted));
        return heard(kind).stream().filter(wanted).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
