package io.xwasm.deploy.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.deploy.cli.DevFleet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The supervisor with real processes that do nothing but listen. */
class DevRunTest {
    private static final AtomicInteger NEXT_BASE =
            new AtomicInteger(20_000 + (int) (ProcessHandle.current().pid() % 200) * 100);

    @TempDir Path temporary;
    private final StringWriter said = new StringWriter();
    private final int base = freeBase();
    private @Nullable DevRun run;

    @AfterEach
    void stop() {
        if (run != null) {
            run.stop();
        }
    }

    @Test
    void a_fleet_starts_is_described_truly_and_stops_without_a_trace() throws Exception {
        var setUps = new AtomicInteger();
        var screen = start(options(true), List.of(), setUps).start();
        var fleet = fleet();

        assertThat(screen)
                .contains("A fleet of 2 node(s) runs.")
                .contains("http://127.0.0.1:" + (base + 1))
                .contains(Files.readString(folder().firstPassword()).strip())
                .contains("dev stop --data " + folder().root());
        assertThat(setUps).hasValue(1);
        assertThat(fleet.api().getPort()).isEqualTo(base);
        assertThat(fleet.agents())
                .extracting(agent -> agent.api().getPort())
                .containsExactly(base + 10, base + 11);
        assertThat(pids(fleet)).hasSize(3).allMatch(pid -> ProcessHandle.of(pid).isPresent());
        assertThat(Files.readString(Path.of(fleet.tokenFile()))).isEqualTo("secret\n");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder().agentToken())))
                .isEqualTo("rw-------");

        running().stop();
        assertThat(pids(fleet)).noneMatch(DevRunTest::alive);
        assertThat(DevFleet.read(folder().root())).isEmpty();
        new DevPorts(base).requireFree(2);
    }

    @Test
    void a_process_that_dies_starts_again_and_the_file_stays_true() throws Exception {
        start(options(true), List.of(), new AtomicInteger()).start();
        long before = fleet().agents().getFirst().pid();
        ProcessHandle.of(before).orElseThrow().destroyForcibly();
        eventually(() -> fleet().agents().getFirst().pid() != before);
        assertThat(alive(fleet().agents().getFirst().pid())).isTrue();
        assertThat(said.toString())
                .contains("node-1 ended (killed by signal 9) and starts again in 2 s");
    }

    @Test
    void without_restart_the_dead_stay_dead() throws Exception {
        start(options(false), List.of(), new AtomicInteger()).start();
        long before = fleet().agents().getFirst().pid();
        ProcessHandle.of(before).orElseThrow().destroyForcibly();
        eventually(() -> said.toString().contains("node-1 ended (killed by signal 9);"));
        assertThat(fleet().agents().getFirst().pid()).isEqualTo(before);
    }

    @Test
    void a_second_start_on_the_folder_is_refused_and_does_no_harm() throws Exception {
        start(options(true), List.of(), new AtomicInteger()).start();
        var fleet = fleet();
        var second = new DevRun(options(true), programs(List.of()), (_, _, _) -> {}, out());
        assertThatThrownBy(second::start)
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("a fleet runs on " + folder().root() + " already")
                .hasMessageContaining("process " + ProcessHandle.current().pid());
        second.stop();
        assertThat(fleet()).isEqualTo(fleet);
        assertThat(pids(fleet)).allMatch(DevRunTest::alive);
    }

    @Test
    void a_port_in_use_is_named_and_nothing_is_started() throws Exception {
        try (var _ = new ServerSocket(base + 11, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> start(options(true), List.of(), new AtomicInteger()).start())
                    .isInstanceOf(CannotStart.class)
                    .hasMessage(
                            "port %d, wanted for the calls of node-2, is in use; choose others with --port-base"
                                    .formatted(base + 11));
        }
        assertThat(DevFleet.read(folder().root())).isEmpty();
        assertThat(folder().shape()).isEmpty();
    }

    @Test
    void a_folder_that_cannot_be_written_is_named() throws Exception {
        var file = Files.writeString(temporary.resolve("file"), "");
        var options =
                new DevOptions(
                        new DevFolder(file.resolve("fleet")), base, 2, true, 0, LoadContract.DEX);
        assertThatThrownBy(() -> start(options, List.of(), new AtomicInteger()).start())
                .isInstanceOf(CannotStart.class)
                .hasMessage(
                        "the data folder %s cannot be written; choose another with --data"
                                .formatted(file.resolve("fleet")));
    }

    @Test
    void a_process_that_does_not_start_says_why() {
        assertThatThrownBy(() ->
                        start(options(false), List.of("-Drefuse=node-2"), new AtomicInteger())
                                .start())
                .isInstanceOf(CannotStart.class)
                .hasMessage("node-2 does not start: this ledger is of another fleet");
        running().stop();
        new DevPorts(base).requireFree(2);
    }

    @Test
    void the_next_start_continues_and_refuses_another_number_of_nodes() throws Exception {
        start(options(true), List.of(), new AtomicInteger()).start();
        var password = Files.readString(folder().firstPassword());
        running().stop();

        var screen =
                start(
                                new DevOptions(folder(), null, null, true, 0, LoadContract.DEX),
                                List.of(),
                                new AtomicInteger())
                        .start();
        assertThat(fleet().api().getPort()).isEqualTo(base);
        assertThat(fleet().agents()).hasSize(2);
        assertThat(screen).contains("as at the first start").doesNotContain(password.strip());
        running().stop();

        var other = new DevOptions(folder(), null, 5, true, 0, LoadContract.DEX);
        assertThatThrownBy(() -> start(other, List.of(), new AtomicInteger()).start())
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("has 2 nodes, not 5");
    }

    @Test
    void what_a_killed_supervisor_left_behind_is_ended_first() throws Exception {
        var folder = folder();
        folder.prepare();
        var config = folder.config("node-1");
        Files.writeString(config, "http:\n  port: %d\n".formatted(base + 10));
        var orphan =
                new ProcessBuilder(programs(List.of()).agent(0, config))
                        .redirectErrorStream(true)
                        .start();
        Files.writeString(folder.run().resolve("node-1.pid"), Long.toString(orphan.pid()));
        assertThat(orphan.inputReader().readLine()).isEqualTo("ready");

        start(options(true), List.of(), new AtomicInteger()).start();

        assertThat(orphan.isAlive()).isFalse();
        assertThat(said.toString()).contains("Ended 1 processes of a run that was killed.");
    }

    private DevRun start(DevOptions options, List<String> flags, AtomicInteger setUps) {
        var created =
                new DevRun(options, programs(flags), (_, _, _) -> setUps.incrementAndGet(), out());
        run = created;
        return created;
    }

    private DevRun running() {
        if (run == null) {
            throw new AssertionError("nothing was started");
        }
        return run;
    }

    private PrintWriter out() {
        return new PrintWriter(said, true);
    }

    private DevOptions options(boolean restart) {
        return new DevOptions(folder(), base, 2, restart, 0, LoadContract.DEX);
    }

    private DevFolder folder() {
        return new DevFolder(temporary.resolve("fleet"));
    }

    private DevFleet fleet() {
        try {
            return DevFleet.read(folder().root()).orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Programs programs(List<String> flags) {
        var all = new java.util.ArrayList<>(flags);
        all.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        return new Programs(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                all,
                new StartUpCaches(Path.of("none"), false),
                StandInMain.class.getName(),
                StandInMain.class.getName(),
                StandInMain.class.getName());
    }

    private static List<Long> pids(DevFleet fleet) {
        var pids = new java.util.ArrayList<Long>();
        pids.add(fleet.controlPlane().pid());
        fleet.agents().forEach(agent -> pids.add(agent.pid()));
        return pids;
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private static int freeBase() {
        while (true) {
            int candidate = NEXT_BASE.getAndAdd(60);
            if (free(candidate)) {
                return candidate;
            }
        }
    }

    private static boolean free(int base) {
        try {
            new DevPorts(base).requireFree(3);
            return true;
        } catch (CannotStart _) {
            return false;
        }
    }

    /** Looks again and again for ten seconds. */
    private static void eventually(BooleanSupplier condition) throws InterruptedException {
        var never = new CountDownLatch(1);
        for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
            assertThat(never.await(50, TimeUnit.MILLISECONDS)).isFalse();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
