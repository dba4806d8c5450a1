package io.xwasm.deploy.cli;

import io.xwasm.agent.protocol.AccountKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Private keys of accounts on this machine: one file each, that only its owner can read. */
public final class Keystore {
    /** Signs when no account is named. */
    public static final String DEFAULT = "default";

    private static final String SUFFIX = ".key";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");

    private final Path folder;

    public Keystore(Path folder) {
        this.folder = folder;
    }

    /** Beside the development fleet when that is meant, else among the user's data. */
    static Keystore of(Map<String, String> environment, boolean devFleet) {
        if (devFleet) {
            return new Keystore(DevFleet.defaultFolder(environment).resolve("keys"));
        }
        var data = environment.get("XDG_DATA_HOME");
        return new Keystore(
                data != null && Path.of(data).isAbsolute()
                        ? Path.of(data, "xwasm", "keys")
                        : Path.of(
                                System.getProperty("user.home"),
                                ".local",
                                "share",
                                "xwasm",
                                "keys"));
    }

    /**
     * Makes a new key.
     *
     * @throws BadInput when there is one of this name: a key is never overwritten
     */
    public AccountKey create(String name) {
        var file = file(name);
        var key = AccountKey.generate();
        try {
            Files.createDirectories(folder);
            try (var channel =
                    FileChannel.open(
                            file,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            ownerOnly())) {
                channel.write(
                        ByteBuffer.wrap(
                                HexFormat.of()
                                        .formatHex(key.secret())
                                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
                channel.force(true);
            }
        } catch (FileAlreadyExistsException e) {
            throw new BadInput("there is an account '%s' already".formatted(name), e);
        } catch (IOException e) {
            throw new BadInput("cannot write the key file %s".formatted(file), e);
        }
        return key;
    }

    /** The key of this name; empty when there is none. */
    public Optional<AccountKey> find(String name) {
        var file = file(name);
        try {
            return Optional.of(
                    AccountKey.of(HexFormat.of().parseHex(Files.readString(file).strip())));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            // Without the cause: a parser's message may quote the secret.
            throw new BadInput("the key file %s cannot be read".formatted(file));
        }
    }

    /** The key of this name; the default one is made when it is first used. */
    public AccountKey require(String name) {
        return find(name)
                .orElseGet(() -> {
                    if (name.equals(DEFAULT)) {
                        return create(DEFAULT);
                    }
                    throw new BadInput(
                            "there is no account '%s' here; there are %s (make it with: xwasm accounts new %s)"
                                    .formatted(name, names(), name));
                });
    }

    /** The key of this name, made when there is none. */
    public AccountKey ensure(String name) {
        return find(name).orElseGet(() -> create(name));
    }

    public List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new BadInput("the key folder %s cannot be read".formatted(folder), e);
        }
    }

    Path folder() {
        return folder;
    }

    private Path file(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new BadInput(
                    "'%s' is no account name: one to forty letters, digits, dots, dashes and underscores are wanted, a letter or digit first"
                            .formatted(name));
        }
        return folder.resolve(name + SUFFIX);
    }

    private FileAttribute<?>[] ownerOnly() throws IOException {
        boolean posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
