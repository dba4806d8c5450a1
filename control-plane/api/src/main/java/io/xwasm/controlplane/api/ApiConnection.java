package io.xwasm.controlplane.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** HTTP beneath {@link ControlPlaneClient}: headers, bodies, problems. */
final class ApiConnection {
    private static final String PREFIX = "/api/v1";

    /** Longer than any answer is held back, and much longer than any answer takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A newer control plane may say more than this client knows. */
    private static final JsonMapper MAPPER =
            Json.MAPPER
                    .rebuild()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private final URI server;
    private final @Nullable String token;
    private final HttpClient http;

    /** Of each POST request; null for another one each time. */
    private final @Nullable String key;

    ApiConnection(URI server, @Nullable String token) {
        this(
                server,
                token,
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(3))
                        .build(),
                null);
    }

    private ApiConnection(
            URI server, @Nullable String token, HttpClient http, @Nullable String key) {
        this.server = server;
        this.token = token;
        this.http = http;
        this.key = key;
    }

    ApiConnection under(String idempotencyKey) {
        return new ApiConnection(server, token, http, idempotencyKey);
    }

    URI server() {
        return server;
    }

    <T> T get(String path, Map<String, String> query, Class<T> type) {
        return read(send(request(path, query).GET().build()), text -> MAPPER.readValue(text, type));
    }

    <T> T get(String path, Map<String, String> query, TypeReference<T> type) {
        return read(send(request(path, query).GET().build()), text -> MAPPER.readValue(text, type));
    }

    <T> T post(String path, Object body, Class<T> type) {
        return read(
                send(post(path, "application/json", json(body))),
                text -> MAPPER.readValue(text, type));
    }

    <T> T upload(String path, byte[] wasm, Class<T> type) {
        return read(
                send(post(path, "application/wasm", BodyPublishers.ofByteArray(wasm))),
                text -> MAPPER.readValue(text, type));
    }

    <T> T put(String path, Object body, @Nullable Long expectedVersion, Class<T> type) {
        var request =
                request(path, Map.of()).header("Content-Type", "application/json").PUT(json(body));
        if (expectedVersion != null) {
            request.header("If-Match", "\"" + expectedVersion + "\"");
        }
        return read(send(request.build()), text -> MAPPER.readValue(text, type));
    }

    void delete(String path) {
        send(request(path, Map.of()).DELETE().build());
    }

    void follow(String path, @Nullable Long after, Consumer<FleetEvent> consumer)
            throws InterruptedException {
        var request =
                HttpRequest.newBuilder(uri(path, Map.of())).header("Accept", "text/event-stream");
        authorize(request);
        if (after != null) {
            request.header("Last-Event-ID", after.toString());
        }
        try {
            var response = http.send(request.GET().build(), BodyHandlers.ofLines());
            if (response.statusCode() != 200) {
                throw new RequestRefused(
                        problem(
                                response.statusCode(),
                                response.body().collect(Collectors.joining("\n"))));
            }
            response.body()
                    .filter(line -> line.startsWith("data:"))
                    .map(line -> MAPPER.readValue(line.substring(5), FleetEvent.class))
                    .forEach(consumer);
        } catch (IOException | UncheckedIOException e) {
            throw new ControlPlaneUnreachable(server, e);
        }
    }

    void close() {
        http.shutdownNow();
    }

    private HttpRequest post(String path, String contentType, BodyPublisher body) {
        return request(path, Map.of())
                .header("Content-Type", contentType)
                .header("Idempotency-Key", key == null ? UUID.randomUUID().toString() : key)
                .POST(body)
                .build();
    }

    private HttpRequest.Builder request(String path, Map<String, String> query) {
        var request =
                HttpRequest.newBuilder(uri(path, query))
                        .timeout(PATIENCE)
                        .header("Accept", "application/json");
        authorize(request);
        return request;
    }

    private void authorize(HttpRequest.Builder request) {
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
    }

    private URI uri(String path, Map<String, String> query) {
        var text =
                query.entrySet().stream()
                        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), UTF_8))
                        .collect(Collectors.joining("&"));
        return server.resolve(PREFIX + path + (text.isEmpty() ? "" : "?" + text));
    }

    private HttpResponse<String> send(HttpRequest request) {
        HttpResponse<String> response;
        try {
            response = http.send(request, BodyHandlers.ofString(UTF_8));
        } catch (IOException e) {
            throw new ControlPlaneUnreachable(server, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlPlaneUnreachable(server, e);
        }
        if (response.statusCode() >= 300) {
            throw new RequestRefused(problem(response.statusCode(), response.body()));
        }
        return response;
    }

    private <T> T read(HttpResponse<String> response, Function<String, T> parse) {
        try {
            return parse.apply(response.body());
        } catch (JacksonException e) {
            throw new ControlPlaneUnreachable(server, e);
        }
    }

    private static BodyPublisher json(Object body) {
        return BodyPublishers.ofString(MAPPER.writeValueAsString(body), UTF_8);
    }

    private static Problem problem(int status, String body) {
        try {
            return MAPPER.readValue(body, Problem.class);
        } catch (JacksonException _) {
            var detail = "the control plane answered with status " + status + " and no reason";
            return new Problem("about:blank", "HTTP " + status, status, detail, null, null);
        }
    }
}
