package io.xwasm.deploy.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Processes of a fleet whose supervisor was killed: they would hold the ports and the ledgers. */
final class LeftBehind {
    private static final long PATIENCE_SECONDS = 10;

    private LeftBehind() {}

    /** Ends them; call it with the folder's lock in hand. Says how many there were. */
    static int stop(DevFolder folder) {
        var left = find(folder);
        left.forEach(ProcessHandle::destroy);
        left.forEach(LeftBehind::awaitEnd);
        return left.size();
    }

    private static List<ProcessHandle> find(DevFolder folder) {
        if (!Files.isDirectory(folder.run())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.run())) {
            return files.filter(file -> file.toString().endsWith(".pid"))
                    .map(LeftBehind::process)
                    .flatMap(Optional::stream)
                    .filter(process -> isOf(process, folder))
                    .toList();
        } catch (IOException e) {
            throw new CannotStart("the folder %s cannot be read".formatted(folder.run()), e);
        }
    }

    private static Optional<ProcessHandle> process(Path file) {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(file).strip()));
        } catch (IOException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    /** Its id may be another process's by now: ours names a configuration file of this folder. */
    private static boolean isOf(ProcessHandle process, DevFolder folder) {
        return process.info()
                .arguments()
                .map(arguments -> String.join(" ", arguments))
                .filter(line -> line.contains("--config " + folder.configs()))
                .isPresent();
    }

    private static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            process.destroyForcibly();
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for process " + process.pid(), e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
