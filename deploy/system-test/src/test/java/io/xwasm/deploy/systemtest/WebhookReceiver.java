package io.xwasm.deploy.systemtest;

import com.sun.net.httpserver.HttpServer;
import io.xwasm.agent.protocol.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** Takes what the control plane sends to a webhook. */
final class WebhookReceiver implements AutoCloseable {
    private final HttpServer server;
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();

    private WebhookReceiver(HttpServer server) {
        this.server = server;
    }

    static WebhookReceiver start() throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var receiver = new WebhookReceiver(server);
        server.createContext(
                "/hook",
                exchange -> {
                    receiver.received.add(Json.MAPPER.readTree(exchange.getRequestBody()));
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        server.start();
        return receiver;
    }

    URI address() {
        return URI.create("http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort()));
    }

    /** The first notification of this rule about this subject in this state. */
    Optional<JsonNode> find(String rule, String subject, String status) {
        return received.stream()
                .filter(n -> n.path("status").asString().equals(status))
                .filter(n -> n.at("/groupLabels/alertname").asString().equals(rule))
                .filter(n -> n.at("/groupLabels/subject").asString().equals(subject))
                .findFirst();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
