package io.xwasm.agent.testing;

import io.xwasm.agent.protocol.AgentCommand;
import io.xwasm.agent.protocol.AgentEvent;
import io.xwasm.agent.protocol.Ask;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.Genesis;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.MemberReport;
import io.xwasm.agent.protocol.NodeHealth;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.agent.protocol.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * An agent without a ledger: it dials a control plane's link over a real WebSocket, says hello,
 * keeps what it is told to host and the newest configurations, beats its heart when the test says
 * so, and answers questions as the test does.
 *
 * <p>A group's report says of it what the configuration does: primary and serving, standby, or
 * catching up; its chain has no block.
 */
public final class FakeAgent implements AutoCloseable {
    /** Where control planes take agents. */
    public static final String PATH = "/agent/v1/link";

    private final NodeId node;
    private final InstantSource clock;
    private final Answers answers;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService obeying = Executors.newSingleThreadExecutor();
    private final Map<GroupId, Hosted> groups = new ConcurrentHashMap<>();
    private final List<AgentCommand> heard = new ArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final Object sending = new Object();
    private @Nullable WebSocket socket;

    /** What the test answers. */
    public interface Answers {
        Reply to(Ask ask);
    }

    private record Hosted(
            Genesis genesis, Incarnation incarnation, @Nullable Configuration configuration) {}

    private FakeAgent(NodeId node, InstantSource clock, Answers answers) {
        this.node = node;
        this.clock = clock;
        this.answers = answers;
    }

    /**
     * Dials and says hello.
     *
     * @param controlPlane its base address, {@code http://host:port}
     * @param token the enrolment token
     * @throws IOException when nobody listens there, or the link is refused; the sentence has the
     *     HTTP status
     */
    public static FakeAgent dial(
            URI controlPlane, String token, NodeId node, InstantSource clock, Answers answers)
            throws IOException {
        var agent = new FakeAgent(node, clock, answers);
        try {
            var link = URI.create("ws://" + controlPlane.getAuthority() + PATH);
            var opened =
                    agent.http
                            .newWebSocketBuilder()
                            .header("Authorization", "Bearer " + token)
                            .buildAsync(link, agent.new Ear())
                            .join();
            synchronized (agent.sending) {
                agent.socket = opened;
            }
            agent.hello();
            return agent;
        } catch (CompletionException e) {
            agent.close();
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                throw new IOException(
                        "the control plane at %s refused the link of %s: HTTP %d"
                                .formatted(controlPlane, node, refused.getResponse().statusCode()),
                        e);
            }
            throw new IOException("dialling the control plane at " + controlPlane, e);
        }
    }

    /** Puts the parts of a message together and obeys. */
    private final class Ear implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                var command = Json.read(text.toString(), AgentCommand.class);
                text.setLength(0);
                obeying.execute(() -> obey(command));
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed.complete(status);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.completeExceptionally(error);
        }
    }

    private void obey(AgentCommand command) {
        synchronized (heard) {
            heard.add(command);
        }
        switch (command) {
            case AgentCommand.Host(var genesis) -> {
                groups.putIfAbsent(genesis.group(), new Hosted(genesis, Incarnation.mint(), null));
                hello();
            }
            case AgentCommand.Configure(var row) -> {
                groups.computeIfPresent(row.group(), (_, hosted) -> newer(hosted, row));
                heartbeat();
            }
            case AgentCommand.Request(var id, var ask) ->
                    send(new AgentEvent.Answer(id, answers.to(ask)));
            case AgentCommand.Farewell _ -> {}
        }
    }

    private static Hosted newer(Hosted hosted, Configuration row) {
        var known = hosted.configuration();
        return known == null || row.newerThan(known)
                ? new Hosted(hosted.genesis(), hosted.incarnation(), row)
                : hosted;
    }

    private void hello() {
        send(new AgentEvent.Hello(node, "fake", "127.0.0.1:1", "http://127.0.0.1:2", reports()));
    }

    /** Beats once. */
    public void heartbeat() {
        long now = clock.millis();
        send(
                new AgentEvent.Heartbeat(
                        new NodeHealth(now, now, 0, 0, 0, 1L << 40, 0, 0, null, "fake", 1),
                        reports()));
    }

    /** Tells anything that an agent may tell. */
    public void send(AgentEvent event) {
        synchronized (sending) {
            if (socket != null && !socket.isOutputClosed()) {
                // One after the other: the JDK's socket refuses a second message while it sends.
                socket.sendText(Json.write(event), true).join();
            }
        }
    }

    private List<MemberReport> reports() {
        return groups.values().stream().map(this::report).toList();
    }

    private MemberReport report(Hosted hosted) {
        var row = hosted.configuration();
        var incarnation = hosted.incarnation();
        boolean leads = row != null && row.primary().equals(incarnation);
        return new MemberReport(
                hosted.genesis().group(),
                incarnation,
                leads
                        ? MemberReport.Role.PRIMARY
                        : row != null && row.isInSync(incarnation)
                                ? MemberReport.Role.STANDBY
                                : MemberReport.Role.CATCHING_UP,
                leads,
                false,
                row == null ? Epoch.NONE : row.epoch(),
                row == null ? 0 : row.version(),
                Epoch.NONE,
                0,
                hosted.genesis().hash(),
                0,
                0,
                Hash.ZERO,
                0,
                0,
                0,
                0,
                leads ? -1 : 0,
                0,
                false,
                null);
    }

    public NodeId node() {
        return node;
    }

    /** The ledger that it pretends to keep of this group, once it was told to. */
    public Optional<Incarnation> incarnation(GroupId group) {
        return Optional.ofNullable(groups.get(group)).map(Hosted::incarnation);
    }

    /** The newest configuration of this group that it was told. */
    public Optional<Configuration> configuration(GroupId group) {
        return Optional.ofNullable(groups.get(group)).map(Hosted::configuration);
    }

    /** Everything that it was told so far. */
    public List<AgentCommand> heard() {
        synchronized (heard) {
            return List.copyOf(heard);
        }
    }

    /** Completes with the WebSocket's status when the control plane closes the link. */
    public CompletableFuture<Integer> closed() {
        return closed;
    }

    /** Breaks the link as a killed process does: without a word. */
    @Override
    public void close() {
        synchronized (sending) {
            if (socket != null) {
                socket.abort();
                socket = null;
            }
        }
        obeying.shutdownNow();
        http.shutdownNow();
    }
}
