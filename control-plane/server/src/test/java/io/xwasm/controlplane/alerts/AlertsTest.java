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
import io.xwasm.controlplane.metadata.Database;
import io.xwasm.controlplane.metadata.MetadataUnavailable;
import io.xwasm.controlplane.metadata.Sql;
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
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
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
    private Duration watched = Duration.ofHours(1);
    private List<RuleSources.NodeSilence> nodes = List.of();
    private List<RuleSources.BackupAge> backups = List.of();
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
                return List.of(
                        new ContractCalls("dex", signals.contract(MAIN, DEX, window), watched));
            }

            @Override
            public List<NodeSilence> nodes() {
                return nodes;
            }

            @Override
            public List<BackupAge> backups() {
                return backups;
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
    void throughput_has_no_limit_until_one_is_set_and_then_fires_below_it() {
        alerts.tick();
        assertThat(states()).isEmpty();

        var usual = rules.find("low_throughput").orElseThrow();
        var _ = rules.set(usual.name(), limited(usual, 2), Optional.empty());
        calls(120, 0);
        alerts.tick();
        assertThat(states()).as("2.00 calls a second are not below 2").isEmpty();

        clock.advance(Duration.ofSeconds(61));
        calls(60, 0);
        alerts.tick();
        assertThat(states()).containsExactly("firing");
        assertThat(summaries())
                .containsExactly("dex gets 1.00 calls a second over 60 s, the limit is 2");
        calls(60, 0);
        alerts.tick();
        assertThat(states()).containsExactly("resolved");
    }

    @Test
    void few_calls_say_nothing_before_they_were_watched_for_a_whole_window() {
        var usual = rules.find("low_throughput").orElseThrow();
        var _ = rules.set(usual.name(), limited(usual, 2), Optional.empty());
        watched = Duration.ofSeconds(59);
        alerts.tick();
        assertThat(states()).isEmpty();
        watched = Duration.ofSeconds(60);
        alerts.tick();
        assertThat(states()).containsExactly("firing");
    }

    @Test
    void a_node_that_is_not_heard_fires_after_its_seconds_and_resolves_when_it_is_back() {
        nodes = List.of(silent(false, 5), silent(true, 5));
        alerts.tick();
        assertThat(states()).isEmpty();

        nodes = List.of(silent(true, 6));
        alerts.tick();
        assertThat(states()).containsExactly("firing");
        assertThat(summaries()).containsExactly("node-1 is not connected for 6 s");
        nodes = List.of(silent(false, 7));
        alerts.tick();
        assertThat(states()).as("one alert, whatever its words").containsExactly("firing");
        assertThat(summaries()).containsExactly("node-1 is silent for 7 s");

        nodes = List.of(silent(false, 0));
        alerts.tick();
        assertThat(states()).containsExactly("resolved");
        eventually(() -> received, r -> assertThat(r).hasSize(2));
        assertThat(received.getFirst().at("/groupLabels/subject").asString()).isEqualTo("node-1");
    }

    @Test
    void a_backup_fires_when_it_is_older_than_its_hours() {
        backups = List.of(new RuleSources.BackupAge("main", Duration.ofHours(24)));
        alerts.tick();
        assertThat(states()).isEmpty();
        backups = List.of(new RuleSources.BackupAge("main", Duration.ofHours(25)));
        alerts.tick();
        assertThat(states()).containsExactly("firing");
        assertThat(summaries())
                .containsExactly("the newest backup of main is 25.0 h old, the limit is 24 h");
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
    void a_retry_never_overtakes_what_came_later_about_the_same() {
        refusals.set(1);
        calls(100, 50);
        alerts.tick();
        eventually(refusals::get, left -> assertThat(left).isLessThan(1));
        clock.advance(Duration.ofMillis(100));
        // Resolved while the first notification waits for its next try.
        disableErrorRate();
        alerts.tick();
        assertThat(states()).containsExactly("resolved");
        eventually(
                () -> {
                    clock.advance(Duration.ofSeconds(1));
                    webhooks.waiting();
                    return received;
                },
                r -> assertThat(r).hasSize(2));
        assertThat(received.stream().map(n -> n.path("status").asString()))
                .containsExactly("firing", "resolved");
    }

    @Test
    void metadata_that_fail_once_do_not_end_the_deliveries() {
        var failing = new FailsOnce(database, new AtomicBoolean());
        var fragile =
                new Webhooks(failing, new AlertsConfig(Optional.empty(), "http://console"), clock);
        webhooks.close();
        var watching =
                new Alerts(rules, sources(), database, fragile, new FleetEvents(clock), clock);
        fragile.start();
        try {
            failing.fails().set(true);
            calls(100, 50);
            watching.tick();
            eventually(() -> received, r -> assertThat(r).hasSize(1));
            assertThat(failing.fails()).as("it did fail").isFalse();
        } finally {
            fragile.close();
        }
    }

    private record FailsOnce(Database database, AtomicBoolean fails) implements Database {
        @Override
        public <T> T read(Function<Sql, T> transaction) {
            if (fails.compareAndSet(true, false)) {
                throw new MetadataUnavailable("reading", new IllegalStateException("disk gone"));
            }
            return database.read(transaction);
        }

        @Override
        public <T> T write(Function<Sql, T> transaction) {
            return database.write(transaction);
        }

        @Override
        public UUID incarnation() {
            return database.incarnation();
        }

        @Override
        public void close() {
            database.close();
        }
    }

    private void disableErrorRate() {
        database.change(sql -> {
            var _ =
                    sql.run(
                            "UPDATE alert_rule SET enabled = ? WHERE name = 'high_error_rate'",
                            false);
        });
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

    @Test
    void what_fired_before_a_restart_is_not_over_because_the_calls_are_forgotten() {
        calls(100, 50);
        alerts.tick();
        clock.advance(Duration.ofSeconds(61));
        watched = Duration.ofSeconds(1);
        var later = new Alerts(rules, sources(), database, webhooks, new FleetEvents(clock), clock);
        later.tick();
        assertThat(states()).containsExactly("firing");
        watched = Duration.ofSeconds(60);
        later.tick();
        assertThat(states()).containsExactly("resolved");
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

    private static RuleSources.NodeSilence silent(boolean down, int seconds) {
        return new RuleSources.NodeSilence("node-1", down, Duration.ofSeconds(seconds));
    }

    private static AlertRule limited(AlertRule usual, double threshold) {
        return new AlertRule(
                usual.name(),
                usual.kind(),
                threshold,
                usual.forSeconds(),
                usual.windowSeconds(),
                usual.minimumCalls(),
                usual.severity(),
                true,
                0,
                0);
    }

    private List<String> summaries() {
        return alerts.page(null, Long.MAX_VALUE, 10).stream()
                .map(row -> row.view().summary())
                .toList();
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
