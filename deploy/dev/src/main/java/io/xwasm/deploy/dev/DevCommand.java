package io.xwasm.deploy.dev;

import io.xwasm.controlplane.api.ControlPlaneClient;
import io.xwasm.deploy.cli.DevFleet;
import io.xwasm.deploy.cli.Keystore;
import io.xwasm.deploy.cli.agent.AgentClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code xwasm dev} and {@code xwasm dev stop}. */
@Command(
        name = "dev",
        description = {
            "Starts a whole fleet on this machine, as separate processes on loopback: a control plane,",
            "agents that form one group, and the console. Started again on the same folder, it goes on",
            "with the same ledger, contracts, users and history."
        },
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        footerHeading = "%nExamples:%n",
        footer = {
            "  xwasm dev                       until Ctrl-C",
            "  xwasm dev --load 200            with a client that swaps 200 times a second",
            "  xwasm dev --detach; xwasm dev stop",
            "  xwasm dev --data /tmp/other --port-base 8400 --nodes 5"
        })
final class DevCommand implements Callable<Integer> {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(60);
    private static final Duration REFRESH = Duration.ofSeconds(1);

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal;
    private final InstantSource clock;

    @Option(
            names = "--data",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description =
                    "Where everything is kept (default: XWASM_DEV_DIR, else ~/.local/state/xwasm/dev).")
    private @Nullable Path data;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description = "The control plane's port; all others follow it (default: 7400).")
    private @Nullable Integer portBase;

    @Option(names = "--nodes", paramLabel = "N", description = "How many agents (default: 3).")
    private @Nullable Integer nodes;

    @Option(
            names = "--load",
            paramLabel = "RATE",
            defaultValue = "0",
            description = "Send so many signed calls a second, and show how they fare.")
    private int load;

    @Option(
            names = "--load-contract",
            paramLabel = "NAME",
            defaultValue = "dex",
            description =
                    "What they call: dex, token, lending, nft-market, game, supply-chain (default: ${DEFAULT-VALUE}).")
    private String loadContract = "dex";

    @Option(names = "--no-restart", description = "Leave a process dead that dies.")
    private boolean noRestart;

    @Option(names = "--detach", description = "Return as soon as the fleet is ready.")
    private boolean detach;

    @Option(names = "--ready-file", hidden = true)
    private @Nullable Path readyFile;

    DevCommand(PrintWriter out, PrintWriter err, boolean terminal, InstantSource clock) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        var options =
                new DevOptions(
                        folder(),
                        portBase,
                        nodes,
                        !noRestart,
                        load,
                        LoadContract.named(loadContract));
        var programs = Programs.shipped(false);
        if (detach) {
            return new Detached(options.folder(), programs).start(again(options), out, err);
        }
        var run = new DevRun(options, programs, new DemoSetUp(), out);
        // Whatever ends this process, short of kill -9, ends the fleet.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(run), "stop"));
        var screen = run.start();
        out.println(screen);
        out.flush();
        if (readyFile != null) {
            Detached.tell(readyFile, screen);
        }
        if (load > 0) {
            load(options, run.stopped());
        }
        run.stopped().await();
        return 0;
    }

    @Command(
            name = "stop",
            description = "Stops the fleet that runs on the folder.",
            footer = {"  xwasm dev stop", "  xwasm dev stop --data /tmp/other"})
    int stop() throws InterruptedException {
        var folder = folder();
        var supervisor = FolderLock.holderOf(folder);
        if (supervisor.isEmpty()) {
            int left = LeftBehind.stop(folder);
            if (left == 0) {
                throw new CannotStart("no fleet runs on " + folder.root());
            }
            out.println("Ended %d processes of a run that was killed.".formatted(left));
            return 0;
        }
        supervisor.get().destroy();
        var ended = new CountDownLatch(1);
        supervisor.get().onExit().thenRun(ended::countDown);
        if (!ended.await(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            throw new CannotStart(
                    "the fleet on %s did not stop within %d s; its supervisor is process %d"
                            .formatted(
                                    folder.root(),
                                    STOP_WITHIN.toSeconds(),
                                    supervisor.get().pid()));
        }
        out.println("The fleet on %s is stopped.".formatted(folder.root()));
        return 0;
    }

    @Command(
            name = "record-caches",
            hidden = true,
            description = {
                "Runs a fleet for a moment and records what its JVMs load and compile, in the",
                "distribution. Processes that start from it afterwards are ready in half the time."
            })
    int recordCaches() throws IOException, InterruptedException {
        new CacheRecording(Programs.shipped(true), clock).run();
        return 0;
    }

    private void stop(DevRun run) {
        boolean ran = run.stop();
        if (ran) {
            out.println("%nThe fleet is stopped; the same command continues it.".formatted());
            out.flush();
        }
    }

    private DevFolder folder() {
        return new DevFolder(data == null ? DevFleet.defaultFolder(System.getenv()) : data);
    }

    private static List<String> again(DevOptions options) {
        var arguments = new ArrayList<String>();
        arguments.addAll(List.of("--data", options.folder().root().toString()));
        if (options.portBase() != null) {
            arguments.addAll(List.of("--port-base", options.portBase().toString()));
        }
        if (options.nodes() != null) {
            arguments.addAll(List.of("--nodes", options.nodes().toString()));
        }
        if (!options.restart()) {
            arguments.add("--no-restart");
        }
        arguments.addAll(List.of("--load", Integer.toString(options.load())));
        arguments.addAll(List.of("--load-contract", options.loadContract().word()));
        return arguments;
    }

    private void load(DevOptions options, CountDownLatch stopped)
            throws InterruptedException, IOException {
        var folder = options.folder();
        var fleet = DevFleet.read(folder.root()).orElseThrow();
        var keys = new Keystore(folder.keys());
        try (var agents =
                        new AgentClient(
                                fleet.agents().stream().map(DevFleet.Agent::api).toList(),
                                wait -> stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS));
                var client = new ControlPlaneClient(fleet.api(), DemoSetUp.token(folder))) {
            var contracts =
                    new DemoContracts(client, keys.require(Keystore.DEFAULT).address(), stopped);
            var calls = options.loadContract().open(new LoadGround(agents, keys, clock, contracts));
            var figures = new LoadFigures(calls.unit(), System.nanoTime());
            Thread.ofVirtual().name("load-line").start(() -> show(figures, stopped));
            new SteadyLoad(calls, options.load(), figures).run(stopped);
        }
    }

    private void show(LoadFigures figures, CountDownLatch stopped) {
        try {
            while (!stopped.await(REFRESH.toMillis(), TimeUnit.MILLISECONDS)) {
                var line = figures.line(System.nanoTime());
                if (terminal) {
                    out.print("\r\u001b[K" + line);
                } else {
                    out.println(line);
                }
                out.flush();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
