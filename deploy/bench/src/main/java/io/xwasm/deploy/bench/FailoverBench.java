package io.xwasm.deploy.bench;

import io.xwasm.agent.protocol.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Something befalls the primary under load, round after round. */
@Command(
        name = "failover",
        description = "Takes the primary away under load and measures the gap that clients see.",
        mixinStandardHelpOptions = true)
final class FailoverBench implements Callable<Integer> {
    private static final List<NodeId> NODES =
            List.of(new NodeId("node-1"), new NodeId("node-2"), new NodeId("node-3"));

    @Mixin private MoveRounds rounds = new MoveRounds();

    @Option(
            names = "--fault",
            defaultValue = "KILL",
            description = {
                "What befalls it: kill (kill -9), freeze (its process is stopped until another leads),",
                "hang (its file system is frozen so long; takes Linux and root)."
            })
    private PrimaryFault fault = PrimaryFault.KILL;

    @Override
    public Integer call() throws IOException {
        if (fault != PrimaryFault.HANG) {
            return run();
        }
        var images = Files.createTempDirectory("xwasm-bench-disks");
        rounds.onFolder(fleet -> LoopDisks.mount(images, fleet, NODES));
        try {
            return run();
        } finally {
            BenchFleet.remove(images);
        }
    }

    private int run() throws IOException {
        var name =
                fault == PrimaryFault.KILL
                        ? "failover"
                        : "failover-" + fault.name().toLowerCase(Locale.ROOT);
        return rounds.run(name, this::befall);
    }

    /** Takes the primary away and waits until three members are in sync again. */
    private long befall(BenchFleet fleet, CallLoad load) throws IOException {
        var before = fleet.await("three in sync", g -> g.serving() && g.inSync().size() == 3);
        var primary = before.primary();
        if (primary == null) {
            throw new IOException("a serving group names no primary");
        }
        long begun = System.nanoTime();
        fault.begin(fleet, primary);
        try {
            load.awaitMore(50);
        } finally {
            fault.end(fleet, primary);
        }
        fleet.await(
                "a new primary and three in sync",
                g -> g.serving() && !primary.equals(g.primary()) && g.inSync().size() == 3);
        return begun;
    }
}
