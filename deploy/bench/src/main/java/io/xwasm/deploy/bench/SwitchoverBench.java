package io.xwasm.deploy.bench;

import io.xwasm.controlplane.api.Switchover;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Planned moves of the primary's role under load, round after round. */
@Command(
        name = "switchover",
        description = "Switches over under load and measures the gap that clients see.",
        mixinStandardHelpOptions = true)
final class SwitchoverBench implements Callable<Integer> {
    @Mixin private MoveRounds rounds = new MoveRounds();

    @Override
    public Integer call() throws IOException {
        return rounds.run("switchover", SwitchoverBench::switchOver);
    }

    private static long switchOver(BenchFleet fleet, CallLoad load) throws IOException {
        var before =
                fleet.await(
                        "three in sync",
                        g -> g.serving() && g.readiness().safe() && g.inSync().size() == 3);
        long asked = System.nanoTime();
        var operation = fleet.client().switchover(BenchFleet.GROUP, new Switchover(null));
        load.awaitMore(50);
        fleet.await(
                "the switchover's end",
                g ->
                        g.serving()
                                && g.epoch() > before.epoch()
                                && g.lastFailover() != null
                                && g.lastFailover().operation().equals(operation.id()));
        return asked;
    }
}
