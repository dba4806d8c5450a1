package io.xwasm.controlplane.alerts;

import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Json;
import io.xwasm.controlplane.api.AlertView;
import io.xwasm.controlplane.api.Webhook;
import io.xwasm.controlplane.metadata.Database;
import io.xwasm.controlplane.metadata.Sql;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers notifications in Alertmanager's payload, version 4, until the receiver takes them. */
public final class Webhooks implements Notification, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final String NEVER = "0001-01-01T00:00:00Z";

    private final Database database;
    private final String consoleUrl;
    private final InstantSource clock;
    private final Semaphore bell = new Semaphore(0);
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Thread courier = Thread.ofVirtual().name("webhooks").unstarted(this::deliverAll);

    public Webhooks(Database database, AlertsConfig config, InstantSource clock) {
        this.database = database;
        this.consoleUrl = config.consoleUrl();
        this.clock = clock;
        database.change(sql -> {
            var _ =
                    sql.run(
                            "INSERT INTO alert_webhook (id, url, version) VALUES (1, ?, 1)"
                                    + " ON CONFLICT DO NOTHING",
                            config.webhookUrl().orElse(null));
        });
    }

    public void start() {
        courier.start();
    }

    Webhook current() {
        return database.read(Webhooks::current);
    }

    private static Webhook current(Sql sql) {
        return sql.first(
                        "SELECT * FROM alert_webhook",
                        row ->
                                new Webhook(
                                        row.textOrNull("url"),
                                        row.timeOrNull("last_delivered_at"),
                                        row.textOrNull("last_failure"),
                                        row.number("version")))
                .orElseThrow();
    }

    Webhook set(@Nullable String url, Optional<Long> ifVersion) {
        Refusal.require(
                url == null || AlertsConfig.valid(url),
                "url is an http or https address or null, not '%s'".formatted(url));
        var set =
                database.write(sql -> {
                    long version = current(sql).version();
                    if (ifVersion.isPresent() && ifVersion.get() != version) {
                        throw Refusal.of(
                                ProblemKind.CHANGED,
                                "the webhook is at version %d, not %d: look at it again"
                                        .formatted(version, ifVersion.get()));
                    }
                    var _ =
                            sql.run(
                                    "UPDATE alert_webhook SET url = ?, last_failure = NULL,"
                                            + " version = version + 1",
                                    url);
                    return current(sql);
                });
        waiting();
        return set;
    }

    @Override
    public void waiting() {
        bell.release();
    }

    @Override
    public String payload(AlertView alert) {
        var ends = alert.resolvedAt();
        var labels =
                Map.of(
                        "alertname", alert.rule(),
                        "severity", alert.severity(),
                        "subject", alert.subject());
        var annotations = Map.of("summary", alert.summary());
        var fired = Objects.requireNonNullElse(alert.firedAt(), alert.since());
        var one =
                Map.of(
                        "status",
                        alert.state(),
                        "labels",
                        labels,
                        "annotations",
                        annotations,
                        "startsAt",
                        fired.toString(),
                        "endsAt",
                        ends == null ? NEVER : ends.toString(),
                        "generatorURL",
                        consoleUrl + "/" + alert.link(),
                        "fingerprint",
                        fingerprint(alert));
        return Json.write(
                Map.of(
                        "version",
                        "4",
                        "groupKey",
                        "{}:{alertname=\"%s\", subject=\"%s\"}"
                                .formatted(alert.rule(), alert.subject()),
                        "truncatedAlerts",
                        0,
                        "status",
                        alert.state(),
                        "receiver",
                        "webhook",
                        "groupLabels",
                        Map.of("alertname", alert.rule(), "subject", alert.subject()),
                        "commonLabels",
                        labels,
                        "commonAnnotations",
                        annotations,
                        "externalURL",
                        consoleUrl,
                        "alerts",
                        List.of(one)));
    }

    private static String fingerprint(AlertView alert) {
        var text = alert.rule() + "\n" + alert.subject();
        return Hash.sha256(text.getBytes(StandardCharsets.UTF_8)).toString().substring(0, 16);
    }

    private record Waiting(
            long sequence, String alert, String payload, int attempts, Instant due) {}

    private void deliverAll() {
        try {
            while (true) {
                try {
                    deliverNext();
                } catch (RuntimeException e) {
                    // Whatever it was, the next notification must still go out.
                    LOG.error("delivering notifications; next try in {}", AFTER_FAILURE, e);
                    var _ = bell.tryAcquire(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException _) {
            // Closing: what waits is delivered after the next start.
        }
    }

    private void deliverNext() throws InterruptedException {
        var next = database.read(Webhooks::next);
        var url = current().url();
        var now = clock.instant();
        if (next.isEmpty() || url == null) {
            // Nothing to do before the bell rings.
            bell.acquire();
            bell.drainPermits();
        } else if (next.get().due().isAfter(now)) {
            var left = Duration.between(now, next.get().due()).toMillis();
            var _ = bell.tryAcquire(left, TimeUnit.MILLISECONDS);
        } else {
            deliver(next.get(), url);
        }
    }

    /**
     * About one rule and subject the order is kept: that an alert is resolved must not be overtaken
     * by an earlier notification that had to be tried again, and then look as if it fired.
     */
    private static Optional<Waiting> next(Sql sql) {
        return sql.first(
                "SELECT n.* FROM alert_notification n JOIN alert a ON a.id = n.alert"
                        + " WHERE NOT EXISTS (SELECT 1 FROM alert_notification o"
                        + " JOIN alert b ON b.id = o.alert WHERE b.rule = a.rule"
                        + " AND b.subject = a.subject AND o.seq < n.seq)"
                        + " ORDER BY n.next_at, n.seq LIMIT 1",
                row ->
                        new Waiting(
                                row.number("seq"),
                                row.text("alert"),
                                row.text("payload"),
                                row.count("attempts"),
                                row.time("next_at")));
    }

    private void deliver(Waiting waiting, String url) throws InterruptedException {
        var failure = send(waiting, url);
        var now = clock.instant();
        if (failure.isEmpty()) {
            database.change(sql -> delivered(sql, waiting, now));
        } else {
            database.change(sql -> retryLater(sql, waiting, failure.get(), now));
        }
    }

    private Optional<String> send(Waiting waiting, String url) throws InterruptedException {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(url))
                            .timeout(PATIENCE)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(waiting.payload()))
                            .build();
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            return status / 100 == 2
                    ? Optional.empty()
                    : Optional.of("the receiver answered with status " + status);
        } catch (IOException e) {
            return Optional.of("the receiver cannot be reached: " + e);
        }
    }

    private static void delivered(Sql sql, Waiting waiting, Instant now) {
        long at = now.toEpochMilli();
        var _ = sql.run("DELETE FROM alert_notification WHERE seq = ?", waiting.sequence());
        var _ = sql.run("UPDATE alert SET notified_at = ? WHERE id = ?", at, waiting.alert());
        var _ = sql.run("UPDATE alert_webhook SET last_delivered_at = ?, last_failure = NULL", at);
    }

    private static void retryLater(Sql sql, Waiting waiting, String failure, Instant now) {
        var pause = Duration.ofMillis(500L << Math.min(waiting.attempts(), 10));
        var shorter = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        var _ =
                sql.run(
                        "UPDATE alert_notification SET attempts = attempts + 1, next_at = ?"
                                + " WHERE seq = ?",
                        now.plus(shorter).toEpochMilli(),
                        waiting.sequence());
        var _ = sql.run("UPDATE alert_webhook SET last_failure = ?", failure);
    }

    @Override
    public void close() {
        courier.interrupt();
        try {
            // Closed before it was started when the port is taken.
            if (courier.getState() != Thread.State.NEW) {
                var _ = courier.join(Duration.ofSeconds(2));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        http.shutdownNow();
    }
}
