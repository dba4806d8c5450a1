package io.xwasm.agent.daemon;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.xwasm.agent.ledger.replication.GroupEvents;
import io.xwasm.agent.protocol.AgentCommand;
import io.xwasm.agent.protocol.AgentEvent;
import io.xwasm.agent.protocol.CallSample;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.MalformedMessage;
import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.MemberReport;
import io.xwasm.agent.protocol.NodeHealth;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's one connection to the control plane: dialled out, and dialled again for as long as
 * the process lives.
 *
 * <p>What cannot be sent is dropped: events repeat themselves, heartbeats follow each other, and
 * answers are asked for again.
 */
final class VertxControlPlaneLink implements GroupEvents, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(VertxControlPlaneLink.class);
    private static final String PATH = "/agent/v1/link";
    private static final int LARGEST_MESSAGE = 8 << 20;
    private static final long RETRY_MILLIS = 250;
    private static final long FIRST_ATTEMPT_MILLIS = 3_000;

    private final Vertx vertx;
    private final AgentConfig config;
    private final WebSocketClient client;
    private volatile @Nullable WebSocket socket;
    private volatile @Nullable Commands commands;
    private volatile @Nullable Supplier<AgentEvent.Hello> hello;
    private volatile boolean closed;
    private volatile boolean complained;
    private final CountDownLatch attempted = new CountDownLatch(1);

    VertxControlPlaneLink(Vertx vertx, AgentConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.client =
                vertx.createWebSocketClient(
                        new WebSocketClientOptions()
                                .setMaxFrameSize(LARGEST_MESSAGE)
                                .setMaxMessageSize(LARGEST_MESSAGE)
                                .setConnectTimeout(2_000)
                                .setTcpNoDelay(true));
    }

    /** Dials, and greets whenever the line is up. */
    void begin(Commands obeyed, Supplier<AgentEvent.Hello> greeting) {
        commands = obeyed;
        hello = greeting;
        dial();
    }

    /**
     * Returns when the control plane has been greeted, or could not be. One that takes the
     * connection and then hangs must not keep this member out of its group.
     */
    void awaitFirstAttempt() {
        try {
            var _ = attempted.await(FIRST_ATTEMPT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void dial() {
        if (closed) {
            return;
        }
        var target = config.controlPlane();
        String token;
        try {
            token = Files.readString(config.tokenFile()).strip();
        } catch (IOException e) {
            complain("reading the enrolment token %s: %s".formatted(config.tokenFile(), e));
            vertx.setTimer(RETRY_MILLIS, _ -> dial());
            return;
        }
        client.connect(
                        new WebSocketConnectOptions()
                                .setHost(target.getHost())
                                .setPort(port(target))
                                .setURI(PATH)
                                .addHeader("Authorization", "Bearer " + token))
                .onSuccess(this::connected)
                .onFailure(e -> {
                    complain(
                            "the control plane at %s cannot be reached: %s"
                                    .formatted(target, e.getMessage()));
                    vertx.setTimer(RETRY_MILLIS, _ -> dial());
                });
    }

    private static int port(URI target) {
        return target.getPort() < 0 ? 80 : target.getPort();
    }

    /** Once per silence, not once per attempt. */
    private void complain(String sentence) {
        if (!complained) {
            complained = true;
            log.warn("{}; trying again", sentence);
        }
        attempted.countDown();
    }

    private void connected(WebSocket opened) {
        complained = false;
        log.info("linked to the control plane at {}", config.controlPlane());
        opened.textMessageHandler(this::received);
        opened.closeHandler(_ -> {
            socket = null;
            log.info("the link to the control plane is closed");
            vertx.setTimer(RETRY_MILLIS, _ -> dial());
        });
        opened.exceptionHandler(e -> log.debug("link: {}", e.getMessage()));
        // The hello goes first; until the link is published, nobody else can send on it.
        var greeting = hello;
        if (greeting != null) {
            opened.writeTextMessage(Json.write(greeting.get()));
        }
        socket = opened;
        attempted.countDown();
    }

    private void received(String text) {
        var obeying = commands;
        if (obeying == null) {
            return;
        }
        try {
            obeying.obey(Json.read(text, AgentCommand.class));
        } catch (MalformedMessage e) {
            log.warn("a command that this agent does not understand: {}", e.getMessage());
        }
    }

    private void greet() {
        var greeting = hello;
        if (greeting != null) {
            send(greeting.get());
        }
    }

    void heartbeat(NodeHealth health, List<MemberReport> groups, List<CallSample> calls) {
        send(new AgentEvent.Heartbeat(health, groups));
        if (!calls.isEmpty()) {
            send(new AgentEvent.Measured(calls));
        }
    }

    void send(AgentEvent event) {
        var open = socket;
        if (open != null && !open.isClosed()) {
            open.writeTextMessage(Json.write(event));
        }
    }

    @Override
    public void primaryLost(GroupId group, Epoch epoch, Incarnation primary, String why) {
        send(new AgentEvent.PrimaryLost(group, epoch, primary, why));
    }

    @Override
    public void wantsRemoval(GroupId group, Epoch epoch, Incarnation member, String why) {
        send(new AgentEvent.WantsRemoval(group, epoch, member, why));
    }

    @Override
    public void wantsAddition(GroupId group, Epoch epoch, Member member) {
        send(new AgentEvent.WantsAddition(group, epoch, member));
    }

    @Override
    public void wantsSwitchover(GroupId group, Epoch epoch, String why) {
        send(new AgentEvent.WantsSwitchover(group, epoch, why));
    }

    @Override
    public void roleTaken(
            GroupId group, Epoch epoch, Incarnation primary, long height, long millis) {
        send(new AgentEvent.RoleTaken(group, epoch, primary, height, millis));
    }

    @Override
    public void changed(GroupId group) {
        greet();
    }

    @Override
    public void close() {
        closed = true;
        client.close();
    }
}
