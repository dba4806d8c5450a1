package io.xwasm.deploy.dev;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.MalformedMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * What lies where in the folder of a development fleet. Everything that must survive is in it.
 *
 * @param root the folder
 */
record DevFolder(Path root) {
    /**
     * What stays the same from start to start, unless it is said anew.
     *
     * @param portBase see {@link DevPorts}
     * @param nodes how many
     */
    record Shape(int portBase, int nodes) {}

    DevFolder {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * Makes the folder and finds out whether it can be written.
     *
     * @throws CannotStart when not
     */
    void prepare() {
        try {
            Files.createDirectories(root);
            Files.delete(Files.createTempFile(root, ".probe", ""));
            for (var part : new Path[] {secrets(), configs(), logs(), run(), backups()}) {
                Files.createDirectories(part);
            }
            Files.setPosixFilePermissions(secrets(), PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new CannotStart(
                    "the data folder %s cannot be written; choose another with --data"
                            .formatted(root),
                    e);
        }
    }

    Path lock() {
        return root.resolve("lock");
    }

    Path secrets() {
        return root.resolve("secrets");
    }

    Path configs() {
        return root.resolve("config");
    }

    Path logs() {
        return root.resolve("logs");
    }

    /** Process ids of what runs. */
    Path run() {
        return root.resolve("run");
    }

    Path backups() {
        return root.resolve("backups");
    }

    /** Keys of accounts; the command line finds them here. */
    Path keys() {
        return root.resolve("keys");
    }

    Path data(String process) {
        return root.resolve("data").resolve(process);
    }

    Path config(String process) {
        return configs().resolve(process + ".yaml");
    }

    Path log(String process) {
        return logs().resolve(process + ".log");
    }

    /** The operator's API token, which the control plane leaves at its first start. */
    Path apiToken() {
        return secrets().resolve("api-token");
    }

    Path firstPassword() {
        return secrets().resolve("first-password");
    }

    Path agentToken() {
        return secrets().resolve("agent-token");
    }

    Path keyset() {
        return secrets().resolve("backup-keyset.json");
    }

    /** The shape of the last start; empty before the first. */
    Optional<Shape> shape() {
        try {
            var file = root.resolve("fleet.json");
            return Files.exists(file)
                    ? Optional.of(Json.read(Files.readString(file), Shape.class))
                    : Optional.empty();
        } catch (IOException | MalformedMessage e) {
            throw new CannotStart(
                    "%s is not what 'xwasm dev' writes; choose another folder with --data"
                            .formatted(root.resolve("fleet.json")),
                    e);
        }
    }

    void remember(Shape shape) throws IOException {
        Files.writeString(root.resolve("fleet.json"), Json.write(shape));
    }

    /** Writes a new secret, readable by its owner alone; leaves one alone that is there. */
    void ensureSecret(Path file) throws IOException {
        var random = new byte[18];
        new SecureRandom().nextBytes(random);
        var text = Base64.getUrlEncoder().encodeToString(random);
        try (var channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            channel.write(ByteBuffer.wrap((text + "\n").getBytes(UTF_8)));
        } catch (FileAlreadyExistsException _) {
            // The fleet has this one already.
            return;
        }
    }
}
