package io.xwasm.deploy.cli.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A small real server on loopback that says what a test tells it to, and remembers what it heard.
 */
public final class FakeHttp implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Function<Heard, Said>> routes = new ConcurrentHashMap<>();
    private final List<Heard> heard = new CopyOnWriteArrayList<>();

    public FakeHttp() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** A request: its method and path with query, and its body. */
    public record Heard(String what, String authorization, byte[] body) {
        public String text() {
            return new String(body, UTF_8);
        }
    }

    /** An answer. */
    public record Said(int status, String body, Map<String, String> headers) {
        public static Said ok(String body) {
            return new Said(200, body, Map.of());
        }

        public static Said problem(int status, String detail) {
            return new Said(
                    status,
                    "{\"type\":\"/problems/x\",\"title\":\"No\",\"status\":%d,\"detail\":\"%s\",\"instance\":null,\"errors\":null}"
                            .formatted(status, detail),
                    Map.of());
        }

        public static Said elsewhere(URI location) {
            return new Said(307, "", Map.of("Location", location.toString()));
        }
    }

    /**
     * @param what such as {@code GET /v1/ledger}
     */
    public FakeHttp on(String what, Function<Heard, Said> answer) {
        routes.put(what, answer);
        return this;
    }

    public FakeHttp on(String what, String json) {
        return on(what, _ -> Said.ok(json));
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<Heard> heard() {
        return List.copyOf(heard);
    }

    public List<Heard> heard(String what) {
        return heard.stream().filter(request -> request.what().equals(what)).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            var authorization = exchange.getRequestHeaders().getFirst("Authorization");
            var request =
                    new Heard(
                            what,
                            authorization == null ? "" : authorization,
                            exchange.getRequestBody().readAllBytes());
            heard.add(request);
            var said =
                    routes.getOrDefault(what, _ -> Said.problem(404, "there is no " + what))
                            .apply(request);
            said.headers().forEach(exchange.getResponseHeaders()::set);
            var bytes = said.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(said.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
