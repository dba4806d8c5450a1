package io.xwasm.deploy.dev;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * One supervisor per folder. The system gives the lock back when its holder dies, however it dies.
 */
final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @throws CannotStart when another supervisor has the folder
     */
    static FolderLock take(DevFolder folder) {
        var file = folder.lock();
        try {
            var channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new CannotStart(
                        "a fleet runs on %s already (process %s); stop it with: xwasm dev stop --data %s"
                                .formatted(folder.root(), holder(file), folder.root()));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(
                            Long.toString(ProcessHandle.current().pid()).getBytes(US_ASCII)));
            return new FolderLock(channel);
        } catch (IOException e) {
            throw new CannotStart("the file %s cannot be locked".formatted(file), e);
        }
    }

    /** The supervisor that has the folder; empty when none has. */
    static Optional<ProcessHandle> holderOf(DevFolder folder) {
        var file = folder.lock();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (locked(channel)) {
                return Optional.empty();
            }
            return ProcessHandle.of(Long.parseLong(holder(file)));
        } catch (IOException | NumberFormatException e) {
            throw new CannotStart("the file %s cannot be read".formatted(file), e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            // Held in this very process, as tests do.
            return false;
        }
    }

    private static String holder(Path file) throws IOException {
        return Files.readString(file, US_ASCII).strip();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new CannotStart("the lock file cannot be closed", e);
        }
    }
}
