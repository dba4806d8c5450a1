package io.xwasm.deploy.bench;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.api.ControlPlaneClient;
import io.xwasm.controlplane.api.ControlPlaneUnreachable;
import io.xwasm.controlplane.api.GroupView;
import io.xwasm.controlplane.api.RequestRefused;
import io.xwasm.deploy.cli.DevFleet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * A development fleet in a folder of its own, as {@code xwasm dev} starts it; its processes may be
 * killed.
 */
public final class BenchFleet implements AutoCloseable {
    public static final GroupId GROUP = new GroupId("main");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;
    private final Process supervisor;
    private final ControlPlaneClient client;

    private BenchFleet(Path folder, Process supervisor, ControlPlaneClient client) {
        this.folder = folder;
        this.supervisor = supervisor;
        this.client = client;
    }

    /**
     * Starts a fleet of three agents and waits until all are in sync.
     *
     * @param home folder of the distribution
     * @param folder holds the fleet's data
     * @param options further ones of {@code xwasm dev}
     */
    public static BenchFleet start(Path home, Path folder, int portBase, List<String> options)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(home.resolve("bin").resolve("xwasm-dev").toString());
        command.addAll(
                List.of("--data", folder.toString(), "--port-base", Integer.toString(portBase)));
        command.addAll(options);
        Files.createDirectories(folder);
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("supervisor.log").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var supervisor = builder.start();
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(folder.resolve("dev.json"))) {
            requireAlive(supervisor, folder, end);
            pause();
        }
        var file = read(folder);
        while (!Files.exists(Path.of(file.tokenFile()))) {
            requireAlive(supervisor, folder, end);
            pause();
        }
        var token = Files.readString(Path.of(file.tokenFile())).strip();
        var fleet = new BenchFleet(folder, supervisor, new ControlPlaneClient(file.api(), token));
        fleet.await("three members in sync", g -> g.serving() && g.inSync().size() == 3);
        return fleet;
    }

    /** The distribution that this process itself was started from. */
    public static Path home() {
        return Path.of(
                Objects.requireNonNull(
                        System.getProperty("xwasm.home"), "started by deploy/xwasm bench"));
    }

    private static void requireAlive(Process supervisor, Path folder, long end) throws IOException {
        if (!supervisor.isAlive() || System.nanoTime() > end) {
            supervisor.destroy();
            throw new IOException(
                    "the fleet in %s did not start: %s"
                            .formatted(folder, Files.readString(folder.resolve("supervisor.log"))));
        }
    }

    private static DevFleet read(Path folder) throws IOException {
        return DevFleet.read(folder)
                .orElseThrow(() -> new IOException("there is no fleet in " + folder));
    }

    public ControlPlaneClient client() {
        return client;
    }

    public Path folder() {
        return folder;
    }

    /** Where a node keeps its data. */
    public Path data(NodeId node) {
        return data(folder, node);
    }

    static Path data(Path fleet, NodeId node) {
        return fleet.resolve("data").resolve(node.value());
    }

    /** What {@code dev.json} says now. */
    public DevFleet file() throws IOException {
        return read(folder);
    }

    public List<URI> agents() throws IOException {
        return file().agents().stream().map(DevFleet.Agent::api).toList();
    }

    /** Kills a process without any warning. */
    public static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    public long pidOf(NodeId node) throws IOException {
        return file().agents().stream()
                .filter(a -> a.node().equals(node))
                .findFirst()
                .orElseThrow(() -> new IOException("no agent is named " + node))
                .pid();
    }

    /** Waits until the group is as wanted. */
    public GroupView await(String what, Predicate<GroupView> wanted) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String last = "nothing";
        while (System.nanoTime() < end) {
            try {
                var group = client.group(GROUP);
                last = group.toString();
                if (wanted.test(group)) {
                    return group;
                }
            } catch (ControlPlaneUnreachable | RequestRefused e) {
                last = String.valueOf(e.getMessage());
            }
            pause();
        }
        throw new IOException(
                "waited %d s in vain for %s; last seen: %s"
                        .formatted(PATIENCE.toSeconds(), what, last));
    }

    /** Between two looks at a condition. */
    public static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }

    @Override
    public void close() throws IOException {
        client.close();
        supervisor.destroy();
        try {
            if (!supervisor.waitFor(30, TimeUnit.SECONDS)) {
                supervisor.descendants().forEach(ProcessHandle::destroyForcibly);
                supervisor.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the fleet in %s stopped".formatted(folder), e);
        }
    }

    /** Removes a folder with everything in it. */
    public static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
