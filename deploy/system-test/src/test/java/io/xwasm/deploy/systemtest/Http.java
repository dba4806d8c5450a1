package io.xwasm.deploy.systemtest;

import io.xwasm.agent.protocol.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Requests as any program sends them, well-formed or not. */
final class Http implements AutoCloseable {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * An answer.
     *
     * @param type its content type, empty when there is none
     * @param headers names in lower case
     */
    record Answer(int status, String type, Map<String, String> headers, String body) {
        JsonNode json() {
            return Json.MAPPER.readTree(body);
        }
    }

    Answer get(URI address, Map<String, String> headers) throws IOException {
        return send("GET", address, headers, new byte[0]);
    }

    Answer get(URI address) throws IOException {
        return get(address, Map.of());
    }

    Answer send(String method, URI address, Map<String, String> headers, byte[] body)
            throws IOException {
        var request = HttpRequest.newBuilder(address);
        headers.forEach(request::header);
        request.method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        try {
            return answer(client.send(request.build(), BodyHandlers.ofString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + address, e);
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        var headers = new java.util.TreeMap<String, String>();
        response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
        return new Answer(
                response.statusCode(),
                headers.getOrDefault("content-type", ""),
                headers,
                response.body());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
