package io.xwasm.deploy.bench;

import io.xwasm.deploy.cli.agent.AgentClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Option;

/** The primary's role moves under load, round after round; then every receipt is asked again. */
final class MoveRounds {
    @Option(names = "--rounds", defaultValue = "20", description = "Moves of the role.")
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

    @Option(names = "--each", description = "Also a line for each round, with the time of day.")
    private boolean each;

    @Option(names = "--json", description = "One line of JSON.")
    private boolean json;

    private Ground ground = _ -> () -> {};

    /** Something that a fleet's folder needs before the fleet is started in it. */
    interface Ground {
        /**
         * @return undoes it when the fleet has stopped
         */
        Undo prepare(Path fleet) throws IOException;
    }

    /** Takes back what was prepared. */
    interface Undo extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    void onFolder(Ground wanted) {
        ground = wanted;
    }

    /** Moves the role once, and returns when the group is whole again. */
    interface Move {
        /**
         * @return when it began, in nanoseconds of the monotonic clock
         */
        long carryOut(BenchFleet fleet, CallLoad load) throws IOException;
    }

    /**
     * Carries out the rounds and prints what clients saw.
     *
     * @return 0 when no acknowledged call was lost or executed twice, else 1
     */
    int run(String name, Move move) throws IOException {
        var folder = Files.createTempDirectory("xwasm-bench-" + name);
        try (var _ = ground.prepare(folder);
                var fleet = BenchFleet.start(BenchFleet.home(), folder, portBase, List.of());
                var agents = new AgentClient(fleet.agents(), Thread::sleep)) {
            var bank = Bank.open(fleet, agents, clients);
            URI primary = agents.primary();
            var load =
                    bank.load(fleet.agents(), primary, TimeUnit.MILLISECONDS.toNanos(pauseMillis));
            var moments = new ArrayList<Long>();
            try (load) {
                load.awaitMore(500);
                for (int round = 0; round < rounds; round++) {
                    moments.add(move.carryOut(fleet, load));
                    load.awaitMore(clients * 10);
                }
            }
            var audit = Audit.of(load.book(), bank, agents, fleet.agents(), agents.primary());
            figures(name, load.book(), moments, audit).print(json);
            return audit.lost() == 0 && audit.executedTwice() == 0 ? 0 : 1;
        } finally {
            BenchFleet.remove(folder);
        }
    }

    private Figures figures(String name, Ledgerbook book, List<Long> moments, Audit audit) {
        var times = book.entries().stream().mapToLong(Ledgerbook.Acknowledged::atNanos).toArray();
        var gaps = Gaps.around(times, moments);
        if (each) {
            for (int round = 0; round < moments.size(); round++) {
                print(round + 1, moments.get(round), gaps.get(round));
            }
        }
        var micros = new Histogram(3);
        gaps.forEach(gap -> micros.recordValue(gap.micros()));
        return new Figures(name)
                .with("rounds", (double) micros.getTotalCount())
                .with("gap_ms_p50", micros.getValueAtPercentile(50) / 1e3)
                .with("gap_ms_p99", micros.getValueAtPercentile(99) / 1e3)
                .with("gap_ms_max", micros.getMaxValue() / 1e3)
                .with("back_at_90_percent_ms_p50", Gaps.backAtRate(times, moments, 0.9))
                .with("acknowledged", audit.acknowledged())
                .with("acknowledged_lost", (double) audit.lost())
                .with("executed_twice", (double) audit.executedTwice());
    }

    private static void print(int round, long moment, Gaps.Gap gap) {
        var time = Instant.now().minusNanos(System.nanoTime() - moment);
        System.err.printf(
                "round %d: began %s, gap from %+d ms to %+d ms%n",
                round,
                time.truncatedTo(ChronoUnit.MILLIS),
                (gap.fromNanos() - moment) / 1_000_000,
                (gap.toNanos() - moment) / 1_000_000);
    }
}
