package io.xwasm.backup;

import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.WireWriter;
import io.xwasm.backup.store.BackupStore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one backup: chunk after chunk, and last the manifest that makes them one.
 *
 * <p>A writer that is killed leaves chunks without a manifest, which no reader takes for a backup.
 * One writer writes one backup.
 */
public final class BackupWriter {
    private static final int CHUNKS_LIMIT = 999_999;

    private final BackupHeader header;
    private final DataKey key;
    private final BackupStore store;
    private final Progress progress;
    private final List<Manifest.Chunk> chunks = new ArrayList<>();
    private WireWriter plain = new WireWriter(1 << 20);
    private @Nullable LedgerRecord first;
    private @Nullable LedgerRecord previous;
    private int recordsInChunk;
    private int chunksCut;
    private long records;
    private long recordsStored;
    private long plainBytes;
    private long storedBytes;

    private BackupWriter(BackupHeader header, DataKey key, BackupStore store, Progress progress) {
        this.header = header;
        this.key = key;
        this.store = store;
        this.progress = progress;
    }

    /** Told after each chunk that is stored. */
    public interface Progress {
        void stored(long records, long plainBytes, long storedBytes);
    }

    /**
     * A backup that is complete.
     *
     * @param manifestHash SHA-256 of the manifest as it is stored
     * @param storedBytes of chunks and manifest
     */
    public record Written(Manifest manifest, Hash manifestHash, long storedBytes) {}

    /**
     * Writes these records and returns when all of them are durable.
     *
     * @param block the header's block as the ledger writes it down; opaque here
     * @param records ascending by column, then by key as unsigned bytes; an iterator that does not
     *     hold them all in memory keeps the whole backup within a few mebibytes
     * @throws io.xwasm.backup.store.StoreUnavailable when the store does not work
     * @throws io.xwasm.backup.store.AlreadyStored when a backup of this id was begun before
     * @throws IllegalArgumentException when the records are out of order
     */
    public static Written write(
            BackupHeader header,
            byte[] block,
            Iterator<LedgerRecord> records,
            DataKey key,
            BackupStore store,
            Progress progress)
            throws InterruptedException {
        var writer = new BackupWriter(header, key, store, progress);
        writer.writeChunks(records);
        return writer.writeManifest(block);
    }

    private void writeChunks(Iterator<LedgerRecord> source) throws InterruptedException {
        try (var sealed = new InOrder<Manifest.Chunk>(this::stored)) {
            while (source.hasNext()) {
                var record = source.next();
                requireOrder(record);
                if (plain.length() + PlainChunk.size(record) > Integer.MAX_VALUE / 2) {
                    cut(sealed);
                }
                add(record);
                if (ChunkBorder.after(record, plain.length())) {
                    cut(sealed);
                }
            }
            cut(sealed);
            sealed.finish();
        }
    }

    private void requireOrder(LedgerRecord record) {
        if (previous != null && !previous.before(record)) {
            throw new IllegalArgumentException(
                    "the records of backup %s are out of order at record %d: column %d after column %d, or a key that is not above the one before"
                            .formatted(
                                    header.backup(), records, record.column(), previous.column()));
        }
        previous = record;
    }

    private void add(LedgerRecord record) {
        if (first == null) {
            first = record;
        }
        PlainChunk.write(record, plain);
        recordsInChunk++;
        records++;
    }

    private void cut(InOrder<Manifest.Chunk> sealed) throws InterruptedException {
        if (first == null) {
            return;
        }
        if (chunksCut == CHUNKS_LIMIT) {
            throw new IllegalArgumentException(
                    "backup %s has more than %d chunks".formatted(header.backup(), CHUNKS_LIMIT));
        }
        var chunk = new PlainChunk(first, recordsInChunk, plain.toBytes());
        int index = ++chunksCut;
        first = null;
        recordsInChunk = 0;
        plain = new WireWriter(1 << 20);
        sealed.give(() -> store(index, chunk));
    }

    private Manifest.Chunk store(int index, PlainChunk chunk) {
        var bytes =
                key.seal(
                        ZstdCompression.compress(chunk.bytes()),
                        BackupObjects.chunkBinding(header.backup(), index));
        var name = BackupObjects.chunk(header.backup(), index);
        store.put(name, bytes);
        return new Manifest.Chunk(
                name,
                bytes.length,
                chunk.bytes().length,
                Hash.sha256(bytes),
                chunk.first().column(),
                chunk.first().key(),
                chunk.records());
    }

    private void stored(Manifest.Chunk chunk) {
        chunks.add(chunk);
        recordsStored += chunk.records();
        plainBytes += chunk.plainSize();
        storedBytes += chunk.storedSize();
        progress.stored(recordsStored, plainBytes, storedBytes);
    }

    private Written writeManifest(byte[] block) {
        var manifest = new Manifest(header, block, chunks, records, plainBytes);
        var bytes =
                key.seal(
                        Json.MAPPER.writeValueAsBytes(manifest),
                        BackupObjects.manifestBinding(header.backup()));
        store.put(BackupObjects.manifest(header.backup()), bytes);
        return new Written(manifest, Hash.sha256(bytes), storedBytes + bytes.length);
    }
}
