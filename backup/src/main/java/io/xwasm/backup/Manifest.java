package io.xwasm.backup;

import io.xwasm.agent.protocol.Hash;
import java.util.List;

/**
 * What a backup consists of; itself encrypted, and written last.
 *
 * @param header which ledger, at which block
 * @param block that block as the ledger writes it down; opaque here
 * @param chunks in the order of their records
 * @param records in all chunks together
 * @param plainBytes of all chunks together, before compression
 */
public record Manifest(
        BackupHeader header, byte[] block, List<Chunk> chunks, long records, long plainBytes) {
    public Manifest {
        chunks = List.copyOf(chunks);
    }

    /** What the chunks take in the store. */
    public long chunkBytes() {
        return chunks.stream().mapToLong(Chunk::storedSize).sum();
    }

    /**
     * One stored object full of records.
     *
     * @param name of the object
     * @param storedSize bytes in the store
     * @param plainSize bytes before compression and encryption
     * @param sha256 of the stored bytes
     * @param firstColumn of its first record
     * @param firstKey of its first record
     * @param records at least one
     */
    public record Chunk(
            String name,
            int storedSize,
            int plainSize,
            Hash sha256,
            int firstColumn,
            byte[] firstKey,
            int records) {}
}
