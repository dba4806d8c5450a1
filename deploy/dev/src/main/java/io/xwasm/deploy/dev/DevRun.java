package io.xwasm.deploy.dev;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** One run of a fleet: checks, start, set-up, until it is stopped. */
final class DevRun {
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);

    private final DevOptions options;
    private final Programs programs;
    private final SetUp setUp;
    private final PrintWriter out;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable FolderLock lock;
    private volatile @Nullable Supervisor supervisor;

    /** What is done once the processes answer. */
    interface SetUp {
        /**
         * @param stopped open when the run ends
         * @throws CannotStart when it cannot be done
         */
        void run(DevFolder folder, DevPorts ports, CountDownLatch stopped)
                throws InterruptedException;
    }

    DevRun(DevOptions options, Programs programs, SetUp setUp, PrintWriter out) {
        this.options = options;
        this.programs = programs;
        this.setUp = setUp;
        this.out = out;
    }

    /**
     * Returns when the fleet can be used.
     *
     * @return what a person needs to know; empty when it was stopped meanwhile
     * @throws CannotStart with the reason; call {@link #stop} then as well
     */
    String start() throws InterruptedException {
        var folder = options.folder();
        folder.prepare();
        lock = FolderLock.take(folder);
        var shape = options.shape();
        var ports = new DevPorts(shape.portBase());
        int left = LeftBehind.stop(folder);
        if (left > 0) {
            say("Ended %d processes of a run that was killed.".formatted(left));
        }
        ports.requireFree(shape.nodes());
        boolean first = !Files.exists(folder.apiToken());
        say(
                "Starting the control plane, %d agent(s) and the console in %s …"
                        .formatted(shape.nodes(), folder.root()));
        var started =
                new Supervisor(
                        folder, ports, shape.nodes(), programs, options.restart(), this::say);
        supervisor = started;
        try {
            folder.ensureSecret(folder.agentToken());
            folder.ensureSecret(folder.firstPassword());
            folder.remember(shape);
            started.start();
        } catch (IOException e) {
            throw new CannotStart(
                    "the fleet in %s cannot be started: %s"
                            .formatted(folder.root(), e.getMessage()),
                    e);
        }
        if (!new Readiness(READY_WITHIN, stopped).await(started.all())) {
            return "";
        }
        setUp.run(folder, ports, stopped);
        return new Banner(folder, ports, shape.nodes(), first).text();
    }

    CountDownLatch stopped() {
        return stopped;
    }

    /**
     * Ends everything; may be called at any moment and more than once.
     *
     * @return whether there were processes to end
     */
    synchronized boolean stop() {
        stopped.countDown();
        var running = supervisor;
        try {
            if (running != null) {
                running.stop();
            }
            var held = lock;
            if (held != null) {
                held.close();
            }
        } catch (IOException e) {
            throw new CannotStart("dev.json cannot be removed", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return running != null;
    }

    private void say(String sentence) {
        out.println(sentence);
        out.flush();
    }
}
