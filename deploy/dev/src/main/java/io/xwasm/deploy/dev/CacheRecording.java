package io.xwasm.deploy.dev;

import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.api.ControlPlaneClient;
import io.xwasm.controlplane.api.Switchover;
import io.xwasm.deploy.cli.DevFleet;
import io.xwasm.deploy.cli.Keystore;
import io.xwasm.deploy.cli.agent.AgentClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A short life of a fleet, in a folder of its own, for the JVMs to record: calls, and the primary's
 * role once there and back, so that whoever records has been both primary and standby.
 */
final class CacheRecording {
    private static final int CALLS = 1_500;
    private static final int UNDER_WAY = 8;
    private static final int NODES = 3;

    /** Far from what a person would choose. */
    private static final int FIRST_BASE = 21_400;

    private final Programs programs;
    private final InstantSource clock;

    /**
     * @param programs that record
     */
    CacheRecording(Programs programs, InstantSource clock) {
        this.programs = programs;
        this.clock = clock;
    }

    void run() throws IOException, InterruptedException {
        var root = Files.createTempDirectory("xwasm-recording");
        var options =
                new DevOptions(new DevFolder(root), freeBase(), NODES, false, 0, LoadContract.DEX);
        var run =
                new DevRun(
                        options, programs, new DemoSetUp(), new PrintWriter(Writer.nullWriter()));
        try {
            run.start();
            live(options.folder(), run);
        } finally {
            run.stop();
            remove(root);
        }
    }

    private void live(DevFolder folder, DevRun run) throws IOException, InterruptedException {
        var fleet = DevFleet.read(folder.root()).orElseThrow();
        var keys = new Keystore(folder.keys());
        try (var agents =
                        new AgentClient(
                                fleet.agents().stream().map(DevFleet.Agent::api).toList(),
                                wait ->
                                        run.stopped()
                                                .await(wait.toMillis(), TimeUnit.MILLISECONDS));
                var client = new ControlPlaneClient(fleet.api(), DemoSetUp.token(folder))) {
            var contracts =
                    new DemoContracts(
                            client, keys.require(Keystore.DEFAULT).address(), run.stopped());
            var calls = LoadContract.DEX.open(new LoadGround(agents, keys, clock, contracts));
            call(calls, 0);
            for (int to : new int[] {1, 0}) {
                moveTo(client, DevPorts.node(to));
                call(calls, CALLS * (to + 1L));
            }
        }
    }

    private static void call(CallStream calls, long first) {
        try (var threads = Executors.newFixedThreadPool(UNDER_WAY)) {
            for (long number = first; number < first + CALLS; number++) {
                long next = number;
                var _ = threads.submit(() -> calls.call(next));
            }
        }
    }

    private static void moveTo(ControlPlaneClient client, NodeId node) {
        var operation = client.switchover(DemoContracts.GROUP, new Switchover(node));
        while (operation.endedAt() == null) {
            operation = client.operation(operation.id(), operation.version());
        }
    }

    private static int freeBase() {
        for (int base = FIRST_BASE; ; base += 100) {
            try {
                new DevPorts(base).requireFree(NODES);
                return base;
            } catch (CannotStart e) {
                if (base > FIRST_BASE + 1_000) {
                    throw e;
                }
            }
        }
    }

    private static void remove(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
