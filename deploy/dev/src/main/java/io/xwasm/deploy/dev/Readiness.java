package io.xwasm.deploy.dev;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits until processes answer, or says which one does not and why. */
final class Readiness {
    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final int LOG_LINES = 12;

    private final Duration patience;
    private final CountDownLatch stopped;

    /**
     * @param stopped open when nobody waits any more
     */
    Readiness(Duration patience, CountDownLatch stopped) {
        this.patience = patience;
        this.stopped = stopped;
    }

    /**
     * @return false when the fleet was stopped meanwhile
     * @throws CannotStart when one of them dies or stays silent
     */
    boolean await(List<Supervised> processes) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        try (var http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build()) {
            for (var process : processes) {
                while (!answers(http, process.probe())) {
                    if (!process.alive()) {
                        throw new CannotStart(
                                "%s does not start: %s"
                                        .formatted(process.name(), lastWords(process)));
                    }
                    if (System.nanoTime() > deadline) {
                        throw new CannotStart(
                                "%s was not ready within %d s; its log is %s"
                                        .formatted(
                                                process.name(),
                                                patience.toSeconds(),
                                                process.log()));
                    }
                    if (stopped.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static boolean answers(HttpClient http, URI probe) throws InterruptedException {
        var request = HttpRequest.newBuilder(probe).timeout(Duration.ofSeconds(2)).build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    private static String lastWords(Supervised process) {
        try {
            var lines = Files.readAllLines(process.log());
            return String.join(
                    System.lineSeparator(),
                    lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException _) {
            return "its log " + process.log() + " cannot be read";
        }
    }
}
