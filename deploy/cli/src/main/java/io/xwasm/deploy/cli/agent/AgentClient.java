package io.xwasm.deploy.cli.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.MemberReport;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.SignedCall;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls the contracts of one group, whichever of its agents is primary.
 *
 * <p>Each method blocks until the answer is there; use one client from as many virtual threads as
 * calls shall be under way, they share its connections. A request goes to the agent that answered
 * last as primary; a redirect, a refusal for want of a primary, a broken connection or silence
 * sends the same bytes again, elsewhere, until the patience ends. That is safe because the ledger
 * executes a call once and answers a repetition with the first receipt. Each throws {@link
 * CallRefused}, {@link NoAgentAnswers}, and nothing else.
 */
public final class AgentClient implements Closeable {
    /** Longer than a failover takes. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A frozen agent keeps its connections open; another may have taken over long since. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    private static final JsonMapper LENIENT =
            Json.MAPPER
                    .rebuild()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private final List<URI> agents;
    private final Duration patience;
    private final Pause pause;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(Duration.ofSeconds(1))
                    .build();
    private volatile URI primary;

    /**
     * @param agents base addresses, such as {@code http://127.0.0.1:7410}; the likeliest primary
     *     first
     */
    public AgentClient(List<URI> agents, Pause pause) {
        this(agents, PATIENCE, pause);
    }

    public AgentClient(List<URI> agents, Duration patience, Pause pause) {
        if (agents.isEmpty()) {
            throw new IllegalArgumentException("at least one agent is needed");
        }
        this.agents = List.copyOf(agents);
        this.patience = patience;
        this.pause = pause;
        this.primary = agents.getFirst();
    }

    /** Sends a call and waits for its receipt; a failed call has one too. */
    public Receipt call(SignedCall call) {
        return call(call.toBytes());
    }

    /** As {@link #call(SignedCall)}, for bytes that were written down before. */
    public Receipt call(byte[] signedCall) {
        var body = BodyPublishers.ofByteArray(signedCall);
        return ask(
                "/v1/calls",
                request -> request.header("Content-Type", "application/octet-stream").POST(body),
                AgentReplies::receipt);
    }

    /** Runs a method on committed state and throws its writes away. */
    public QueryAnswer query(Address contract, String method, byte[] arguments) {
        var question =
                Map.of(
                        "contract",
                        contract.toString(),
                        "method",
                        method,
                        "arguments",
                        HexFormat.of().formatHex(arguments));
        var body = BodyPublishers.ofString(Json.write(question), UTF_8);
        return ask(
                "/v1/queries",
                request -> request.header("Content-Type", "application/json").POST(body),
                AgentReplies::query);
    }

    public DeployedContract contract(String name) {
        return ask("/v1/contracts/" + name, request -> request.GET(), AgentReplies::contract);
    }

    public AccountState account(Address address) {
        return ask("/v1/accounts/" + address, request -> request.GET(), AgentReplies::account);
    }

    /** How the member that answers is. */
    public MemberReport ledger() {
        return ask(
                "/v1/ledger",
                request -> request.GET(),
                json -> LENIENT.treeToValue(json, MemberReport.class));
    }

    /** Who answered last as primary; before the first answer, a guess. */
    public URI primary() {
        return primary;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private <T> T ask(
            String path, UnaryOperator<HttpRequest.Builder> shape, Function<JsonNode, T> read) {
        long deadline = System.nanoTime() + patience.toNanos();
        var target = primary;
        var wait = FIRST_PAUSE;
        boolean redirected = false;
        while (true) {
            switch (attempt(target, path, shape, read)) {
                case Attempt.Answered<T>(var value) -> {
                    primary = target;
                    return value;
                }
                case Attempt.Unanswered<T> again -> {
                    if (System.nanoTime() >= deadline) {
                        throw new NoAgentAnswers(
                                "no primary among %s answered within %d s: %s"
                                        .formatted(agents, patience.toSeconds(), again.trouble()),
                                again.cause());
                    }
                    // A redirect is followed at once, but not in circles: members that name each
                    // other have not heard yet who leads.
                    if (!again.redirect() || redirected) {
                        wait = rest(wait);
                    }
                    redirected = again.redirect() && !redirected;
                    target = again.next();
                }
            }
        }
    }

    private <T> Attempt<T> attempt(
            URI target,
            String path,
            UnaryOperator<HttpRequest.Builder> shape,
            Function<JsonNode, T> read) {
        HttpResponse<String> response;
        try {
            response = send(target, path, shape);
        } catch (IOException e) {
            var trouble = "%s does not answer".formatted(target);
            return new Attempt.Unanswered<>(after(target), false, trouble, e);
        }
        return switch (response.statusCode()) {
            case 200 -> new Attempt.Answered<>(parse(target, response.body(), read));
            case 307 -> {
                var trouble = "%s names another primary".formatted(target);
                yield new Attempt.Unanswered<>(named(target, response), true, trouble, null);
            }
            case 503 -> {
                var trouble = AgentReplies.sentence(503, response.body());
                yield new Attempt.Unanswered<>(after(target), false, trouble, null);
            }
            default -> {
                int status = response.statusCode();
                throw new CallRefused(
                        status,
                        AgentReplies.type(response.body()),
                        AgentReplies.sentence(status, response.body()));
            }
        };
    }

    /** What became of sending a request once. */
    private sealed interface Attempt<T> {
        record Answered<T>(T value) implements Attempt<T> {}

        /**
         * @param next whom to ask instead
         * @param redirect whether the agent that was asked named it
         */
        record Unanswered<T>(URI next, boolean redirect, String trouble, @Nullable Throwable cause)
                implements Attempt<T> {}
    }

    private HttpResponse<String> send(
            URI target, String path, UnaryOperator<HttpRequest.Builder> shape) throws IOException {
        var request =
                HttpRequest.newBuilder(target.resolve(path))
                        .timeout(SILENCE)
                        .header("Accept", "application/json");
        try {
            return http.send(shape.apply(request).build(), BodyHandlers.ofString(UTF_8));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Duration rest(Duration wait) {
        try {
            pause.of(wait);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        var longer = wait.multipliedBy(2);
        return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }

    private static NoAgentAnswers interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new NoAgentAnswers("interrupted before an answer came", e);
    }

    private static <T> T parse(URI agent, String body, Function<JsonNode, T> read) {
        try {
            return read.apply(LENIENT.readTree(body));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new NoAgentAnswers("%s answers, but not as an agent does".formatted(agent), e);
        }
    }

    /** The address in a redirect, without the path; the next agent when there is none. */
    private URI named(URI target, HttpResponse<String> response) {
        return response.headers()
                .firstValue("Location")
                .map(location -> base(target.resolve(location)))
                .orElseGet(() -> after(target));
    }

    private static URI base(URI address) {
        return URI.create("%s://%s".formatted(address.getScheme(), address.getRawAuthority()));
    }

    /** The next in the list; the first after one that is not in it. */
    private URI after(URI target) {
        return agents.get((agents.indexOf(target) + 1) % agents.size());
    }
}
