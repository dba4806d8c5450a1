package io.xwasm.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.backup.store.BackupStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * Wraps the keys of backups with a keyset in a file of its own.
 *
 * <p>Who holds this file can read every backup; who loses it can read none. It lies outside the
 * backups and is never copied to a node.
 */
public final class KeyEncryption {
    /** Tink's prefix: one byte of version, four of key id. */
    private static final int PREFIX = 5;

    private final Path file;
    private final TinkKey key;

    private KeyEncryption(Path file, TinkKey key) {
        this.file = file;
        this.key = key;
    }

    /**
     * Reads the keyset file.
     *
     * @throws KeyUnavailable when it is missing, unreadable or no keyset
     */
    public static KeyEncryption open(Path file) {
        String json;
        try {
            json = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new KeyUnavailable(
                    "the keyset file %s is missing: without it no backup can be read; put it back from where you keep its copy"
                            .formatted(file),
                    e);
        } catch (IOException e) {
            throw new KeyUnavailable(
                    "the keyset file %s cannot be read (%s)"
                            .formatted(file, e.getClass().getSimpleName()),
                    e);
        }
        try {
            return new KeyEncryption(file, TinkKey.parse(json));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new KeyUnavailable(
                    "the keyset file %s holds no Tink keyset (%s)"
                            .formatted(file, e.getClass().getSimpleName()));
        }
    }

    /**
     * Reads the keyset file; makes one that only its owner can read when there is none.
     *
     * @throws KeyUnavailable when it cannot be made, is unreadable or no keyset
     */
    public static KeyEncryption openOrCreate(Path file) {
        if (!Files.exists(file)) {
            try {
                SecretFile.writeNew(file, TinkKey.generate().json().getBytes(UTF_8));
            } catch (IOException e) {
                throw new KeyUnavailable(
                        "the keyset file %s cannot be made (%s: %s)"
                                .formatted(file, e.getClass().getSimpleName(), e.getMessage()),
                        e);
            }
        }
        return open(file);
    }

    /** Names the key that wraps now, in eight hex digits; no secret. */
    public String keyId() {
        return "%08x".formatted(key.id());
    }

    /** Puts the wrapped key beside the backup. */
    public void store(DataKey dataKey, String backup, BackupStore store) {
        store.put(BackupObjects.key(backup), wrap(dataKey, backup));
    }

    /**
     * The key of a backup, from beside it.
     *
     * @throws BackupDamaged when there is none
     * @throws KeyUnavailable when this keyset does not unwrap it
     */
    public DataKey load(String backup, BackupStore store) {
        var name = BackupObjects.key(backup);
        var wrapped =
                store.get(name)
                        .orElseThrow(() ->
                                new BackupDamaged(
                                        backup,
                                        "'%s' is missing in %s".formatted(name, store.location())));
        return unwrap(wrapped, backup);
    }

    public byte[] wrap(DataKey wrapped, String backup) {
        return key.seal(wrapped.toText().getBytes(UTF_8), BackupObjects.keyBinding(backup));
    }

    /**
     * @throws KeyUnavailable when this keyset did not wrap it for this backup, or it was changed
     */
    public DataKey unwrap(byte[] wrapped, String backup) {
        byte[] text;
        try {
            text = key.open(wrapped, BackupObjects.keyBinding(backup));
        } catch (GeneralSecurityException e) {
            throw new KeyUnavailable(whyNot(wrapped, backup), e);
        }
        return DataKey.parse(new String(text, UTF_8));
    }

    private String whyNot(byte[] wrapped, String backup) {
        if (wrapped.length > PREFIX && !key.holds(ByteBuffer.wrap(wrapped).getInt(1))) {
            return "the key of backup %s was wrapped by key %08x, which the keyset file %s does not hold: it is the wrong keyset, or the backup's key file was changed"
                    .formatted(backup, ByteBuffer.wrap(wrapped).getInt(1), file);
        }
        return "the key of backup %s cannot be unwrapped with the keyset file %s: the backup's key file was changed, or belongs to another backup"
                .formatted(backup, file);
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "keyset file " + file;
    }
}
