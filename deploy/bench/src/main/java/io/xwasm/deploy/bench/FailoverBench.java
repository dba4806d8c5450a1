package io.xwasm.deploy.bench;

import io.xwasm.deploy.cli.agent.AgentClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** kill -9 of the primary under load, round after round. */
@Command(
        name = "failover",
        description = "Kills the primary under load and measures the gap that clients see.",
        mixinStandardHelpOptions = true)
final class FailoverBench implements Callable<Integer> {
    @Option(names = "--rounds", defaultValue = "20", description = "Kills.")
    private int rounds;

    @Option(names = "--clients", defaultValue = "8", description = "Calls under way at once.")
    private int clients;

    @Option(
            names = "--pause",
            defaultValue = "20",
            description = "Milliseconds that each client rests after a call.")
    private int pauseMillis;

    @Option(names = "--port-base", defaultValue = "18500", description = "First port.")
    private int portBase;

    @Option(names = "--json", description = "One line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        var folder = Files.createTempDirectory("xwasm-bench-failover");
        try (var fleet = BenchFleet.start(BenchFleet.home(), folder, portBase, List.of());
                var agents = new AgentClient(fleet.agents(), Thread::sleep)) {
            var bank = Bank.open(fleet, agents, clients);
            URI primary = agents.primary();
            var load =
                    bank.load(fleet.agents(), primary, TimeUnit.MILLISECONDS.toNanos(pauseMillis));
            var kills = new ArrayList<Long>();
            try (load) {
                load.awaitMore(500);
                for (int round = 0; round < rounds; round++) {
                    kills.add(killPrimary(fleet, load));
                }
            }
            var audit = Audit.of(load.book(), bank, agents, fleet.agents(), agents.primary());
            figures(gaps(load.book(), kills), audit).print(json);
            return audit.lost() == 0 && audit.executedTwice() == 0 ? 0 : 1;
        } finally {
            BenchFleet.remove(folder);
        }
    }

    /** Kills the primary and waits until three members are in sync again. */
    private static long killPrimary(BenchFleet fleet, CallLoad load) throws IOException {
        var before = fleet.await("three in sync", g -> g.serving() && g.inSync().size() == 3);
        var primary = before.primary();
        if (primary == null) {
            throw new IOException("a serving group names no primary");
        }
        long pid = fleet.pidOf(primary);
        long killed = System.nanoTime();
        BenchFleet.kill(pid);
        load.awaitMore(50);
        fleet.await(
                "a new primary and three in sync",
                g -> g.serving() && !primary.equals(g.primary()) && g.inSync().size() == 3);
        return killed;
    }

    /**
     * For each kill, the time from the last acknowledgement before the gap to the first after it,
     * in microseconds.
     */
    private static Histogram gaps(Ledgerbook book, List<Long> kills) {
        var times =
                book.entries().stream()
                        .mapToLong(Ledgerbook.Acknowledged::atNanos)
                        .sorted()
                        .toArray();
        var gaps = new Histogram(3);
        for (long killed : kills) {
            long longest = 0;
            long end = killed + TimeUnit.SECONDS.toNanos(30);
            for (int i = 1; i < times.length; i++) {
                // The gap that the kill lies in or begins: a later one would belong to another
                // cause.
                if (times[i] > killed
                        && times[i - 1] < killed + TimeUnit.SECONDS.toNanos(1)
                        && times[i] < end) {
                    longest = Math.max(longest, times[i] - times[i - 1]);
                }
            }
            gaps.recordValue(longest / 1_000);
        }
        return gaps;
    }

    private static Figures figures(Histogram gaps, Audit audit) {
        return new Figures("failover")
                .with("rounds", (double) gaps.getTotalCount())
                .with("gap_ms_p50", gaps.getValueAtPercentile(50) / 1e3)
                .with("gap_ms_p99", gaps.getValueAtPercentile(99) / 1e3)
                .with("gap_ms_max", gaps.getMaxValue() / 1e3)
                .with("acknowledged", audit.acknowledged())
                .with("acknowledged_lost", (double) audit.lost())
                .with("executed_twice", (double) audit.executedTwice());
    }
}
