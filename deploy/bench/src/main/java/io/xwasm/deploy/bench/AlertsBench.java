package io.xwasm.deploy.bench;

import com.sun.net.httpserver.HttpServer;
import io.xwasm.agent.protocol.AccountKey;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.Json;
import io.xwasm.controlplane.api.Webhook;
import io.xwasm.deploy.cli.agent.AgentClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * From the call that takes a contract over its error limit until the webhook has been told, with
 * the rules as they are from the first start.
 *
 * <p>Each round has a contract of its own, so that no round's failures lie in another's window, and
 * begins at a random moment, because agents report and rules are measured at their own pace.
 */
@Command(
        name = "alerts",
        description = "Measures how long a crossed threshold takes to reach a webhook.",
        mixinStandardHelpOptions = true)
final class AlertsBench implements Callable<Integer> {
    /** The rule wants twenty calls, and more than one in twenty that fails. */
    private static final int CALLS_BEFORE = 20;

    private static final Address PAYEE = AccountKey.generate().address();
    private static final long SUPPLY = 1_000_000;
    private static final long PATIENCE_SECONDS = 60;

    @Option(names = "--rounds", defaultValue = "40", description = "Thresholds that are crossed.")
    private int rounds;

    @Option(names = "--port-base", defaultValue = "18600", description = "First port.")
    private int portBase;

    @Option(names = "--json", description = "One line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        var folder = Files.createTempDirectory("xwasm-bench-alerts");
        try (var receiver = new Receiver();
                var fleet = BenchFleet.start(BenchFleet.home(), folder, portBase, List.of());
                var agents = new AgentClient(fleet.agents(), Thread::sleep)) {
            var _ = fleet.client().setWebhook(receiver.webhook(), null);
            var took = new Histogram(3);
            for (int round = 0; round < rounds; round++) {
                took.recordValue(round(fleet, agents, receiver, "crossed-" + round) / 1_000);
            }
            new Figures("alerts")
                    .with("rounds", (double) took.getTotalCount())
                    .with("fired_to_webhook_ms_p50", took.getValueAtPercentile(50) / 1e3)
                    .with("fired_to_webhook_ms_p95", took.getValueAtPercentile(95) / 1e3)
                    .with("fired_to_webhook_ms_max", took.getMaxValue() / 1e3)
                    .print(json);
        } finally {
            BenchFleet.remove(folder);
        }
        return 0;
    }

    /**
     * @return nanoseconds from before the crossing call is sent until the webhook is told
     */
    private static long round(
            BenchFleet fleet, AgentClient agents, Receiver receiver, String contract)
            throws IOException, InterruptedException {
        var owner = AccountKey.generate();
        var token =
                Deployment.of(
                        fleet.client(),
                        "token",
                        new ContractName(contract),
                        Map.of(
                                "name",
                                "Bench",
                                "symbol",
                                "BCH",
                                "decimals",
                                0,
                                "supply",
                                Long.toString(SUPPLY),
                                "owner",
                                owner.address().toString()));
        var told = receiver.expect(contract);
        for (int nonce = 0; nonce < CALLS_BEFORE; nonce++) {
            pay(agents, owner, nonce, token, 1, true);
        }
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(TimeUnit.SECONDS.toNanos(1)));
        // One failure in 21 calls is below the limit, two in 22 are above it.
        pay(agents, owner, CALLS_BEFORE, token, SUPPLY, false);
        long crossed = System.nanoTime();
        pay(agents, owner, CALLS_BEFORE + 1, token, SUPPLY, false);
        try {
            return told.get(PATIENCE_SECONDS, TimeUnit.SECONDS) - crossed;
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(
                    "no webhook about %s within %d s".formatted(contract, PATIENCE_SECONDS), e);
        }
    }

    private static void pay(
            AgentClient agents,
            AccountKey owner,
            long nonce,
            Address token,
            long amount,
            boolean succeeds)
            throws IOException {
        var receipt = agents.call(Bank.transfer(owner, nonce, token, PAYEE, amount));
        if (receipt.succeeded() != succeeds) {
            throw new IOException(
                    "a transfer of %d ended as %s".formatted(amount, receipt.failure()));
        }
    }

    /** Notes when each contract's error alert first came. */
    private static final class Receiver implements AutoCloseable {
        private final HttpServer server;
        private final Map<String, CompletableFuture<Long>> told = new ConcurrentHashMap<>();

        Receiver() throws IOException {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext(
                    "/hook",
                    exchange -> {
                        long now = System.nanoTime();
                        var body = Json.MAPPER.readTree(exchange.getRequestBody());
                        exchange.sendResponseHeaders(200, -1);
                        exchange.close();
                        var labels = body.path("groupLabels");
                        if (body.path("status").asString().equals("firing")
                                && labels.path("alertname").asString().equals("high_error_rate")) {
                            expect(labels.path("subject").asString()).complete(now);
                        }
                    });
            server.start();
        }

        Webhook webhook() {
            return new Webhook(
                    "http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort()),
                    null,
                    null,
                    0);
        }

        CompletableFuture<Long> expect(String contract) {
            return told.computeIfAbsent(contract, _ -> new CompletableFuture<>());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
