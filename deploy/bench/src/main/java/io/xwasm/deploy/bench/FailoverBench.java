package io.xwasm.deploy.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** kill -9 of the primary under load, round after round. */
@Command(
        name = "failover",
        description = "Kills the primary under load and measures the gap that clients see.",
        mixinStandardHelpOptions = true)
final class FailoverBench implements Callable<Integer> {
    @Mixin private MoveRounds rounds = new MoveRounds();

    @Override
    public Integer call() throws IOException {
        return rounds.run("failover", FailoverBench::killPrimary);
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
}
