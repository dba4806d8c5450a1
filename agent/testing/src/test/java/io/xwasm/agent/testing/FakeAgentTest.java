package io.xwasm.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.xwasm.agent.protocol.AccountKey;
import io.xwasm.agent.protocol.AgentCommand;
import io.xwasm.agent.protocol.AgentEvent;
import io.xwasm.agent.protocol.Ask;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.Genesis;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.MemberReport;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.agent.protocol.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fake, held against a real WebSocket. */
class FakeAgentTest {
    private static final GroupId MAIN = new GroupId("main");
    private static final NodeId NODE = new NodeId("node-1");

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<AgentEvent> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<ServerWebSocket> link = new CompletableFuture<>();
    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private URI address;

    @BeforeEach
    void listen() throws Exception {
        var server =
                vertx.createHttpServer()
                        .webSocketHandshakeHandler(handshake -> {
                            if ("Bearer right".equals(handshake.headers().get("Authorization"))) {
                                handshake.accept();
                            } else {
                                handshake.reject(401);
                            }
                        })
                        .webSocketHandler(socket -> {
                            socket.textMessageHandler(
                                    text -> heard.add(Json.read(text, AgentEvent.class)));
                            link.complete(socket);
                        })
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get();
        address = URI.create("http://127.0.0.1:" + server.actualPort());
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private FakeAgent dial() throws IOException {
        return FakeAgent.dial(
                address,
                "right",
                NODE,
                clock,
                ask -> new Reply.Refused("failed", "asked " + ask.getClass().getSimpleName()));
    }

    private void tell(AgentCommand command) throws Exception {
        var _ = link.get(10, TimeUnit.SECONDS).writeTextMessage(Json.write(command));
    }

    private <T extends AgentEvent> T next(Class<T> kind) throws Exception {
        return kind.cast(heard.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void it_says_hello_hosts_and_takes_the_role_that_a_configuration_gives() throws Exception {
        try (var agent = dial()) {
            assertThat(next(AgentEvent.Hello.class).groups()).isEmpty();
            tell(
                    new AgentCommand.Host(
                            new Genesis(
                                    MAIN,
                                    AccountKey.generate().address(),
                                    Genesis.DEFAULT_SUPPLY)));
            var incarnation = next(AgentEvent.Hello.class).groups().getFirst().incarnation();
            assertThat(agent.incarnation(MAIN)).hasValue(incarnation);
            tell(
                    new AgentCommand.Configure(
                            new Configuration(
                                    MAIN,
                                    UUID.randomUUID(),
                                    new Epoch(3),
                                    incarnation,
                                    List.of(new Member(incarnation, NODE, "x:1", "http://x")),
                                    new TreeSet<>(List.of(incarnation)),
                                    1,
                                    0,
                                    5)));

            var report = next(AgentEvent.Heartbeat.class).groups().getFirst();
            assertThat(report.role()).isEqualTo(MemberReport.Role.PRIMARY);
            assertThat(report.epoch()).isEqualTo(new Epoch(3));
            assertThat(agent.configuration(MAIN)).map(Configuration::version).hasValue(5L);
        }
    }

    @Test
    void it_answers_what_the_test_answers_and_beats_by_the_tests_clock() throws Exception {
        try (var agent = dial()) {
            var _ = next(AgentEvent.Hello.class);
            tell(new AgentCommand.Request("r-1", new Ask.Resume(MAIN)));
            assertThat(next(AgentEvent.Answer.class))
                    .isEqualTo(
                            new AgentEvent.Answer(
                                    "r-1", new Reply.Refused("failed", "asked Resume")));

            clock.advance(Duration.ofSeconds(7));
            agent.heartbeat();

            assertThat(next(AgentEvent.Heartbeat.class).health().sentAtMillis()).isEqualTo(7_000);
        }
    }

    @Test
    void a_refused_token_is_told_with_its_status() {
        assertThatThrownBy(
                        () -> FakeAgent.dial(address, "wrong", NODE, clock, _ -> new Reply.Done()))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(address.toString(), "node-1", "HTTP 401");
    }

    @Test
    void it_knows_when_the_control_plane_hangs_up() throws Exception {
        try (var agent = dial()) {
            var _ = link.get(10, TimeUnit.SECONDS).close();

            assertThat(agent.closed().get(10, TimeUnit.SECONDS)).isPositive();
        }
    }
}
