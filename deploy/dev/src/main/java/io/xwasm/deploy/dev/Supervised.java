package io.xwasm.deploy.dev;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One process that is started anew when it dies.
 *
 * <p>Its output goes to its log file. Its process id is kept in a file as well, so that a
 * supervisor that was killed leaves nothing that a later one could not find.
 */
final class Supervised {
    private static final Duration BEFORE_RESTART = Duration.ofSeconds(2);

    private final String name;
    private final List<String> command;
    private final URI probe;
    private final DevFolder folder;
    private final boolean restart;
    private final Duration beforeKill;
    private final Events events;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable Process process;
    private @Nullable Thread watcher;

    /** What the supervisor wants to know. */
    interface Events {
        void started(Supervised what);

        void died(Supervised what, int exitCode, boolean comesBack);
    }

    /**
     * @param beforeKill how long it may take to end when asked
     */
    Supervised(
            String name,
            List<String> command,
            URI probe,
            DevFolder folder,
            boolean restart,
            Duration beforeKill,
            Events events) {
        this.name = name;
        this.command = List.copyOf(command);
        this.probe = probe;
        this.folder = folder;
        this.restart = restart;
        this.beforeKill = beforeKill;
        this.events = events;
    }

    String name() {
        return name;
    }

    /** Answers 200 when the process can be used. */
    URI probe() {
        return probe;
    }

    Path log() {
        return folder.log(name);
    }

    /** Of the newest process; 0 before the first. */
    long pid() {
        var current = process;
        return current == null ? 0 : current.pid();
    }

    boolean alive() {
        var current = process;
        return current != null && current.isAlive();
    }

    void start() throws IOException {
        if (stopping.getCount() == 0) {
            return;
        }
        launch();
        watcher = Thread.ofVirtual().name("watch-" + name).start(this::watch);
    }

    /** Asks it to end. */
    void terminate() {
        stopping.countDown();
        var current = process;
        if (current != null) {
            current.destroy();
        }
    }

    /** Waits until it has ended, and ends it the hard way when that takes too long. */
    void awaitEnd() throws InterruptedException {
        var watching = watcher;
        if (watching == null || watching.join(beforeKill)) {
            return;
        }
        var current = process;
        if (current != null) {
            current.destroyForcibly();
        }
        watching.join();
    }

    private void watch() {
        try {
            while (true) {
                int code = watched().waitFor();
                if (stopping.getCount() == 0) {
                    return;
                }
                events.died(this, code, restart);
                if (!restart || stopping.await(BEFORE_RESTART.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                launch();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new CannotStart("%s cannot be started again".formatted(name), e);
        }
    }

    private Process watched() {
        var current = process;
        if (current == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return current;
    }

    private void launch() throws IOException {
        var builder = new ProcessBuilder(ownSession(command));
        builder.directory(folder.root().toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        var started = builder.start();
        process = started;
        Files.writeString(folder.run().resolve(name + ".pid"), Long.toString(started.pid()));
        if (stopping.getCount() == 0) {
            // Stopped in this very moment: whoever stops it may have looked before it was there.
            started.destroy();
        }
        events.started(this);
    }

    /**
     * In a session of its own, so that Ctrl-C reaches the supervisor alone and it can stop the
     * fleet in its order.
     */
    static List<String> ownSession(List<String> command) {
        var setsid = Path.of("/usr/bin/setsid");
        if (!Files.isExecutable(setsid)) {
            return command;
        }
        var all = new ArrayList<String>();
        all.add(setsid.toString());
        all.addAll(command);
        return all;
    }
}
