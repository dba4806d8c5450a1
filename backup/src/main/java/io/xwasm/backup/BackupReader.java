package io.xwasm.backup;

import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.MalformedMessage;
import io.xwasm.backup.store.BackupStore;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Reads one backup and believes nothing: every byte is checked against the manifest, and the
 * manifest against the key.
 *
 * <p>Whatever is wrong is a {@link BackupDamaged}. Records may have been given out before the
 * damage is met, so a restore goes to a scratch place first.
 */
public final class BackupReader {
    private final String backup;
    private final Manifest manifest;
    private final Hash manifestHash;
    private final DataKey key;
    private final BackupStore store;
    private @Nullable LedgerRecord previous;

    private BackupReader(Manifest manifest, Hash manifestHash, DataKey key, BackupStore store) {
        this.backup = manifest.header().backup();
        this.manifest = manifest;
        this.manifestHash = manifestHash;
        this.key = key;
        this.store = store;
    }

    /**
     * Reads the manifest, and checks that the store holds exactly the objects that it names.
     *
     * @throws BackupDamaged when it cannot be read, or objects are missing or too many
     * @throws io.xwasm.backup.store.StoreUnavailable when the store does not work
     */
    public static BackupReader open(String backup, DataKey key, BackupStore store) {
        BackupObjects.requireId(backup);
        var name = BackupObjects.manifest(backup);
        var stored =
                store.get(name)
                        .orElseThrow(() ->
                                new BackupDamaged(
                                        backup,
                                        "'%s' is missing in %s, so it was never finished or was removed"
                                                .formatted(name, store.location())));
        var reader =
                new BackupReader(
                        parse(backup, name, decrypt(backup, name, stored, key)),
                        Hash.sha256(stored),
                        key,
                        store);
        reader.requireWhole();
        return reader;
    }

    public Manifest manifest() {
        return manifest;
    }

    /** SHA-256 of the manifest as it is stored. */
    public Hash manifestHash() {
        return manifestHash;
    }

    /**
     * Gives out every record, in the order in which it was written, on this thread.
     *
     * @throws BackupDamaged when a chunk is not what was written
     */
    public void records(Consumer<LedgerRecord> consumer) throws InterruptedException {
        previous = null;
        try (var chunks = new InOrder<List<LedgerRecord>>(list -> giveOut(list, consumer))) {
            for (int i = 0; i < manifest.chunks().size(); i++) {
                int index = i + 1;
                var chunk = manifest.chunks().get(i);
                chunks.give(() -> read(index, chunk));
            }
            chunks.finish();
        }
    }

    private void giveOut(List<LedgerRecord> records, Consumer<LedgerRecord> consumer) {
        for (var record : records) {
            if (previous != null && !previous.before(record)) {
                throw new BackupDamaged(backup, "its records are out of order");
            }
            previous = record;
            consumer.accept(record);
        }
    }

    private List<LedgerRecord> read(int index, Manifest.Chunk chunk) {
        var stored = store.get(chunk.name()).orElseThrow(() -> missing(chunk.name()));
        if (stored.length != chunk.storedSize()) {
            throw damaged(
                    chunk.name(),
                    "has %d bytes instead of %d".formatted(stored.length, chunk.storedSize()));
        }
        if (!Hash.sha256(stored).equals(chunk.sha256())) {
            throw damaged(chunk.name(), "does not hold the bytes that were written");
        }
        List<LedgerRecord> records;
        try {
            var compressed = key.open(stored, BackupObjects.chunkBinding(backup, index));
            records = PlainChunk.read(ZstdCompression.decompress(compressed, chunk.plainSize()));
        } catch (GeneralSecurityException e) {
            throw new BackupDamaged(backup, "'%s' cannot be decrypted".formatted(chunk.name()), e);
        } catch (IllegalArgumentException | MalformedMessage e) {
            throw new BackupDamaged(
                    backup, "'%s' holds no records: %s".formatted(chunk.name(), e.getMessage()), e);
        }
        requireAsListed(chunk, records);
        return records;
    }

    private void requireAsListed(Manifest.Chunk chunk, List<LedgerRecord> records) {
        if (records.size() != chunk.records()) {
            throw damaged(
                    chunk.name(),
                    "has %d records instead of %d".formatted(records.size(), chunk.records()));
        }
        var first = records.getFirst();
        if (first.column() != chunk.firstColumn()
                || !Arrays.equals(first.key(), chunk.firstKey())) {
            throw damaged(chunk.name(), "does not begin with the record that the manifest names");
        }
    }

    private void requireWhole() {
        var wanted = new TreeSet<String>();
        long records = 0;
        long plainBytes = 0;
        for (int i = 0; i < manifest.chunks().size(); i++) {
            var chunk = manifest.chunks().get(i);
            if (!chunk.name().equals(BackupObjects.chunk(backup, i + 1)) || chunk.records() < 1) {
                throw new BackupDamaged(backup, "its manifest lists no chunks of its own in order");
            }
            wanted.add(chunk.name());
            records += chunk.records();
            plainBytes += chunk.plainSize();
        }
        if (records != manifest.records() || plainBytes != manifest.plainBytes()) {
            throw new BackupDamaged(backup, "its manifest's sums do not add up");
        }
        var there = new TreeSet<>(store.list(backup));
        there.remove(BackupObjects.manifest(backup));
        there.remove(BackupObjects.key(backup));
        for (var name : wanted) {
            if (!there.remove(name)) {
                throw missing(name);
            }
        }
        if (!there.isEmpty()) {
            throw damaged(there.first(), "does not belong to it");
        }
    }

    private BackupDamaged missing(String name) {
        return new BackupDamaged(backup, "'%s' is missing in %s".formatted(name, store.location()));
    }

    private BackupDamaged damaged(String name, String what) {
        return new BackupDamaged(backup, "'%s' %s".formatted(name, what));
    }

    private static byte[] decrypt(String backup, String name, byte[] stored, DataKey key) {
        try {
            return key.open(stored, BackupObjects.manifestBinding(backup));
        } catch (GeneralSecurityException e) {
            throw new BackupDamaged(
                    backup,
                    "'%s' cannot be decrypted: it was changed, or this is not the key of this backup"
                            .formatted(name),
                    e);
        }
    }

    private static Manifest parse(String backup, String name, byte[] json) {
        try {
            var tree = Json.MAPPER.readTree(json);
            int format = tree.path("header").path("format").asInt(0);
            if (format != BackupHeader.FORMAT) {
                throw new BackupDamaged(
                        backup,
                        "'%s' is of format %d, and this version reads format %d"
                                .formatted(name, format, BackupHeader.FORMAT));
            }
            var manifest = Json.MAPPER.treeToValue(tree, Manifest.class);
            if (!manifest.header().backup().equals(backup)) {
                throw new BackupDamaged(
                        backup, "'%s' is of backup %s".formatted(name, manifest.header().backup()));
            }
            return manifest;
        } catch (JacksonException e) {
            throw new BackupDamaged(
                    backup, "'%s' is no manifest: %s".formatted(name, e.getOriginalMessage()), e);
        }
    }
}
