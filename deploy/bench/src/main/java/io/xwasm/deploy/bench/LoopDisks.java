package io.xwasm.deploy.bench;

import io.xwasm.agent.protocol.NodeId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file system of its own for each node's data, in a file, so that it can be frozen: then whoever
 * writes or syncs waits, as on a disk that hangs. It takes Linux and root.
 */
final class LoopDisks implements MoveRounds.Undo {
    private static final long BYTES = 512L << 20;

    private final List<Path> mounted = new ArrayList<>();
    private final List<Path> images = new ArrayList<>();

    /**
     * @param images where the files are kept that hold the file systems
     */
    static LoopDisks mount(Path images, Path fleet, List<NodeId> nodes) throws IOException {
        var disks = new LoopDisks();
        try {
            for (NodeId node : nodes) {
                disks.mount(images.resolve(node + ".img"), BenchFleet.data(fleet, node));
            }
            return disks;
        } catch (IOException e) {
            disks.close();
            throw new IOException(
                    "mounting a file system for each node, which takes Linux and root: "
                            + e.getMessage(),
                    e);
        }
    }

    private void mount(Path image, Path folder) throws IOException {
        images.add(image);
        try (var file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(BYTES);
        }
        Files.createDirectories(folder);
        SystemCommand.run("mkfs.ext4", "-q", image.toString());
        SystemCommand.run("mount", "-o", "loop", image.toString(), folder.toString());
        mounted.add(folder);
    }

    static void hang(Path folder) throws IOException {
        SystemCommand.run("fsfreeze", "--freeze", folder.toString());
    }

    static void goOn(Path folder) throws IOException {
        SystemCommand.run("fsfreeze", "--unfreeze", folder.toString());
    }

    @Override
    public void close() throws IOException {
        for (Path folder : mounted) {
            SystemCommand.run("umount", folder.toString());
        }
        for (Path image : images) {
            Files.deleteIfExists(image);
        }
    }
}
