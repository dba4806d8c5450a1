package io.xwasm.controlplane.alerts;

import static io.xwasm.controlplane.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CallSample;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Json;
import io.xwasm.controlplane.ManualClock;
import io.xwasm.controlplane.api.AlertRule;
import io.xwasm.controlplane.api.AlertView;
import io.xwasm.controlplane.events.FleetEvents;
import io.xwasm.controlplane.metadata.SqliteDatabase;
import io.xwasm.controlplane.signals.SignalHistory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AlertsTest {
    private static final GroupId MAIN = new GroupId("main");
    private static final Address DEX = Address.ofContract(MAIN, "dex");

    private final ManualClock clock = new ManualClock();
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final SignalHistory signals = new SignalHistory(clock);
    @TempDir Path folder;
    private HttpServer receiver;
    private SqliteDatabase database;
    private AlertRules rules;
    private Webhooks webhooks;
    private Alerts alerts;

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext(
                "/hook",
                exchange -> {
                    var body = exchange.getRequestBody().readAllBytes();
                    boolean refused = refusals.getAndDecrement() > 0;
                    if (!refused) {
                        received.add(
                                Json.MAPPER.readTree(new String(body, StandardCharsets.UTF_8)));
                    }
                    exchange.sendResponseHeaders(refused ? 503 : 200, -1);
                    exchange.close();
                });
        receiver.start();
        database = SqliteDatabase.open(folder.resolve("metadata.db"), clock);
        rules = new AlertRules(database);
        webhooks =
                new Webhooks(database, new AlertsConfig(Optional.empty(), "http://console"), clock);
        var _ = webhooks.set(url(), Optional.empty());
        alerts = new Alerts(rules, sources(), database, webhooks, new FleetEvents(clock), clock);
        webhooks.start();
    }

    private String url() {
        return "http://127.0.0.1:%d/hook".formatted(receiver.getAddress().getPort());
    }

    private RuleSources sources() {
        return new RuleSources() {
            @Override
            public List<ContractCalls> contracts(Duration window) {
                return List.of(new ContractCalls("dex", signals.contract(MAIN, DEX, window)));
            }

            @Override
            public List<NodeSilence> nodes() {
                return List.of();
            }

            @Override
            public List<BackupAge> backups() {
                return List.of();
            }
        };
    }

    @AfterEach
    void stop() {
        webhooks.close();
        database.close();
        receiver.stop(0);
    }

    @Test
    void a_crossed_threshold_fires_reaches_the_webhook_and_resolves() {
        calls(100, 6);
        alerts.tick();
        assertThat(states()).containsExactly("firing");
        var firing = eventually(() -> received, r -> assertThat(r).hasSize(1)).getFirst();
        assertThat(firing.path("version").asString()).isEqualTo("4");
        assertThat(firing.path("status").asString()).isEqualTo("firing");
        var one = firing.path("alerts").get(0);
        assertThat(one.path("labels").path("alertname").asString()).isEqualTo("high_error_rate");
        assertThat(one.path("annotations").path("summary").asString())
                .contains("dex fails at a ratio of 0.060");

        clock.advance(Duration.ofSeconds(61));
        alerts.tick();
        assertThat(states()).containsExactly("resolved");
        eventually(() -> received, r -> assertThat(r).hasSize(2));
        assertThat(received.getLast().path("status").asString()).isEqualTo("resolved");
        eventually(
                () -> alerts.page(null, Long.MAX_VALUE, 1).getFirst().view(),
                alert -> assertThat(alert.notifiedAt()).isNotNull());
    }

    @Test
    void a_condition_that_must_hold_is_pending_first_and_forgotten_when_it_ends() {
        setFor(10);
        calls(100, 50);
        alerts.tick();
        assertThat(states()).containsExactly("pending");
        clock.advance(Duration.ofSeconds(10));
        alerts.tick();
        assertThat(states()).containsExactly("firing");

        setFor(300);
        clock.advance(Duration.ofSeconds(61));
        alerts.tick();
        calls(100, 50);
        alerts.tick();
        clock.advance(Duration.ofSeconds(61));
        alerts.tick();
        assertThat(states()).containsExactly("resolved");
    }

    @Test
    void a_ratio_at_the_threshold_or_of_too_few_calls_says_nothing() {
        calls(19, 19);
        alerts.tick();
        calls(361, 0);
        alerts.tick();
        assertThat(signals.contract(MAIN, DEX, Duration.ofSeconds(60)).errorRatio())
                .isEqualTo(0.05);
        assertThat(states()).isEmpty();
    }

    @Test
    void gas_and_latency_have_limits_of_their_own() {
        signals.add(sample(10, 0, 60_000_000, 900));
        alerts.tick();
        assertThat(alerts.page(null, Long.MAX_VALUE, 9).stream().map(a -> a.view().rule()))
                .containsExactlyInAnyOrder("high_gas_usage", "high_latency");
    }

    @Test
    void a_notification_is_tried_again_until_it_is_taken() {
        refusals.set(2);
        calls(100, 50);
        alerts.tick();
        eventually(
                () -> {
                    clock.advance(Duration.ofSeconds(1));
                    webhooks.waiting();
                    return received;
                },
                r -> assertThat(r).hasSize(1));
    }

    @Test
    void what_fires_is_still_known_after_a_restart() {
        calls(100, 50);
        alerts.tick();
        var later = new Alerts(rules, sources(), database, webhooks, new FleetEvents(clock), clock);
        later.tick();
        assertThat(states()).containsExactly("firing");
        assertThat(later.firing()).hasSize(1);
    }

    private void setFor(int seconds) {
        var old = rules.find("high_error_rate").orElseThrow();
        var _ =
                rules.set(
                        old.name(),
                        new AlertRule(
                                old.name(),
                                old.kind(),
                                old.threshold(),
                                seconds,
                                old.windowSeconds(),
                                old.minimumCalls(),
                                old.severity(),
                                true,
                                0,
                                0),
                        Optional.empty());
    }

    private List<String> states() {
        return alerts.page(null, Long.MAX_VALUE, 10).stream()
                .map(row -> row.view())
                .map(AlertView::state)
                .toList();
    }

    private void calls(long calls, long failures) {
        signals.add(sample(calls, failures, 1000 * calls, 2));
    }

    private CallSample sample(long calls, long failures, long gas, double millis) {
        return new CallSample(
                MAIN,
                DEX,
                "swap",
                clock.millis(),
                calls,
                failures == 0 ? Map.of() : Map.of("state", failures),
                gas,
                1,
                1,
                List.of(new CallSample.Bucket(millis, calls)));
    }
}
