package io.xwasm.deploy.bench;

import io.xwasm.deploy.cli.agent.AgentClient;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Signed calls over HTTP, one per request, with two synchronous standbys. */
@Command(
        name = "calls",
        description = "Signed token transfers over HTTP with two synchronous standbys.",
        mixinStandardHelpOptions = true)
final class CallsBench implements Callable<Integer> {
    @Option(names = "--clients", defaultValue = "48", description = "Calls under way at once.")
    private int clients;

    @Option(names = "--seconds", defaultValue = "15", description = "Measured time.")
    private int seconds;

    @Option(names = "--warmup", defaultValue = "15", description = "Seconds before it.")
    private int warmup;

    @Option(names = "--port-base", defaultValue = "18400", description = "First port.")
    private int portBase;

    @Option(names = "--json", description = "One line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        var folder = Files.createTempDirectory("xwasm-bench-calls");
        try (var fleet = BenchFleet.start(BenchFleet.home(), folder, portBase, List.of());
                var agents = new AgentClient(fleet.agents(), Thread::sleep)) {
            var bank = Bank.open(fleet, agents, clients);
            URI primary = agents.primary();
            try (var load = bank.load(fleet.agents(), primary, 0)) {
                TimeUnit.SECONDS.sleep(warmup);
                long from = System.nanoTime();
                TimeUnit.SECONDS.sleep(seconds);
                long to = System.nanoTime();
                load.requireWell();
                figures(load.book(), from, to).print(json);
            }
        } finally {
            BenchFleet.remove(folder);
        }
        return 0;
    }

    private static Figures figures(Ledgerbook book, long from, long to) {
        var took = new Histogram(3);
        book.entries().stream()
                .filter(e -> e.atNanos() >= from && e.atNanos() < to)
                .forEach(e -> took.recordValue(e.tookNanos() / 1_000));
        return new Figures("calls")
                .with("http_signed_per_s", took.getTotalCount() / ((to - from) / 1e9))
                .with("http_p50_ms", took.getValueAtPercentile(50) / 1e3)
                .with("http_p99_ms", took.getValueAtPercentile(99) / 1e3)
                .with("http_max_ms", took.getMaxValue() / 1e3);
    }
}
