package io.xwasm.controlplane;

import static io.xwasm.controlplane.RunningControlPlane.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.protocol.Json;
import io.xwasm.controlplane.api.FailoverPolicy;
import io.xwasm.controlplane.api.FleetEvent;
import io.xwasm.controlplane.api.Strategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stream of events, as a browser reads it. */
@Timeout(60)
class EventStreamTest {
    @TempDir static Path folder;
    static RunningControlPlane running;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() {
        running = new RunningControlPlane(folder);
    }

    @AfterAll
    static void stop() {
        HTTP.shutdownNow();
        running.close();
    }

    @Test
    void a_reader_that_was_away_goes_on_where_it_was() throws Exception {
        List<FleetEvent> first;
        try (var reader = open(null)) {
            change();
            change();
            first = reader.next(2);
        }
        change();
        change();
        try (var reader = open(Long.toString(first.getFirst().id()))) {
            var replayed = reader.next(3);
            assertThat(replayed.getFirst()).isEqualTo(first.getLast());
            change();
            var ids = new ArrayList<>(replayed.stream().map(FleetEvent::id).toList());
            ids.add(reader.next(1).getFirst().id());
            assertThat(ids)
                    .as("each once, in order, none left out")
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(ids.getLast() - ids.getFirst()).isEqualTo(3);
        }
    }

    @Test
    void a_reader_that_saw_everything_gets_nothing_twice() throws Exception {
        FleetEvent last;
        try (var reader = open(null)) {
            change();
            last = reader.next(1).getFirst();
        }
        try (var reader = open(Long.toString(last.id()))) {
            change();
            assertThat(reader.next(1).getFirst().id()).isEqualTo(last.id() + 1);
        }
    }

    /** As after a restart of the control plane, which keeps events in memory. */
    @Test
    void a_reader_that_was_away_for_too_long_is_told() throws Exception {
        try (var reader = open("17")) {
            var missed = reader.next(1).getFirst();
            assertThat(missed.topic()).isEqualTo("missed");
            assertThat(missed.sentence()).contains("after event 17");
            change();
            try (var again = open(Long.toString(missed.id()))) {
                assertThat(again.next(1).getFirst().topic()).isNotEqualTo("missed");
            }
        }
    }

    @Test
    void an_id_that_is_none_and_a_stranger_are_refused() throws Exception {
        assertThat(ask("yesterday", running.token).statusCode()).isEqualTo(400);
        assertThat(ask(null, "no token").statusCode()).isEqualTo(401);
    }

    private static void change() {
        var policy = running.operator.group(MAIN).policy();
        var _ =
                running.operator.setPolicy(
                        MAIN,
                        new FailoverPolicy(
                                Strategy.MANUAL, policy.rtoSeconds() + 1, 0, policy.version()),
                        null);
    }

    private static HttpResponse<InputStream> ask(@Nullable String lastEvent, String token)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(running.address.resolve("/api/v1/events"))
                        .header("Authorization", "Bearer " + token);
        if (lastEvent != null) {
            request.header("Last-Event-ID", lastEvent);
        }
        return HTTP.send(request.build(), BodyHandlers.ofInputStream());
    }

    private static Reader open(@Nullable String lastEvent) throws Exception {
        var response = ask(lastEvent, running.token);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream");
        var reader =
                new Reader(
                        new BufferedReader(
                                new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
        // From the welcome on, what happens is heard.
        assertThat(reader.lines.readLine()).isEqualTo(": welcome");
        return reader;
    }

    private record Reader(BufferedReader lines) implements AutoCloseable {
        List<FleetEvent> next(int count) throws IOException {
            var events = new ArrayList<FleetEvent>();
            var id = "";
            while (events.size() < count) {
                var line = lines.readLine();
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    var event = Json.read(line.substring(6), FleetEvent.class);
                    assertThat(Long.toString(event.id())).isEqualTo(id);
                    events.add(event);
                }
            }
            return events;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
