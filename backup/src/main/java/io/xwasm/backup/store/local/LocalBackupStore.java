package io.xwasm.backup.store.local;

import io.xwasm.backup.store.AlreadyStored;
import io.xwasm.backup.store.BackupStore;
import io.xwasm.backup.store.ObjectName;
import io.xwasm.backup.store.StoreUnavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** One file per object, below one folder. */
public final class LocalBackupStore implements BackupStore {
    private static final String TEMPORARY = ".writing-";

    private final Path folder;

    /**
     * @param folder made with the first object, when it is not there
     */
    public LocalBackupStore(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public void put(String name, byte[] bytes) {
        var target = file(name);
        var parent = folderOf(target);
        var temporary = parent.resolve(TEMPORARY + UUID.randomUUID());
        try {
            createFolders(parent);
            try {
                writeThrough(temporary, bytes);
                publish(temporary, target);
                syncFolder(parent);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (FileAlreadyExistsException e) {
            var exists = new AlreadyStored(name, location());
            exists.initCause(e);
            throw exists;
        } catch (IOException e) {
            throw new StoreUnavailable(sentence("cannot write", name, e), e);
        }
    }

    @Override
    public Optional<byte[]> get(String name) {
        try {
            return Optional.of(Files.readAllBytes(file(name)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreUnavailable(sentence("cannot read", name, e), e);
        }
    }

    @Override
    public boolean exists(String name) {
        return Files.isRegularFile(file(name));
    }

    @Override
    public List<String> list(String inFolder) {
        var start = file(inFolder);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !isTemporary(file))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StoreUnavailable(sentence("cannot list", inFolder, e), e);
        }
    }

    @Override
    public List<String> folders() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> folder.relativize(entry).toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StoreUnavailable(sentence("cannot list", "", e), e);
        }
    }

    @Override
    public String location() {
        return folder.toString();
    }

    private Path file(String name) {
        return folder.resolve(ObjectName.require(name));
    }

    private Path folderOf(Path file) {
        var parent = file.getParent();
        return parent == null ? folder : parent;
    }

    private String sentence(String tried, String name, IOException e) {
        return "%s '%s' in the backup folder %s: %s".formatted(tried, name, folder, reason(e));
    }

    /** The JDK's message is often the path alone, and the class name then carries the reason. */
    private static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.AccessDeniedException _ -> "permission denied";
            case java.nio.file.NotDirectoryException _ -> "not a folder";
            default -> e.getClass().getSimpleName() + ": " + e.getMessage();
        };
    }

    private static boolean isTemporary(Path file) {
        var name = file.getFileName();
        return name != null && name.toString().startsWith(TEMPORARY);
    }

    private static void writeThrough(Path file, byte[] bytes) throws IOException {
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static void publish(Path temporary, Path target) throws IOException {
        try {
            // A rename would silently replace what is there; a link refuses.
            Files.createLink(target, temporary);
        } catch (UnsupportedOperationException _) {
            Files.move(temporary, target);
        }
    }

    /** Makes the folders that are missing, each durably known to the one above it. */
    private static void createFolders(Path wanted) throws IOException {
        if (Files.isDirectory(wanted)) {
            return;
        }
        var parent = wanted.getParent();
        if (parent != null) {
            createFolders(parent);
        }
        try {
            Files.createDirectory(wanted);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(wanted)) {
                throw new IOException(wanted + " is in the way: it is no folder", e);
            }
        }
        if (parent != null) {
            syncFolder(parent);
        }
    }

    private static void syncFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
