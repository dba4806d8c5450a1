package io.xwasm.backup;

/**
 * Where chunks end: after a record whose key hashes to certain bits.
 *
 * <p>So borders depend on the keys alone, and one changed record changes one chunk instead of
 * shifting all that follow. The two sizes only keep chunks from being absurdly small or large.
 * These numbers are part of no format: a reader takes chunks as they come.
 */
final class ChunkBorder {
    private static final int MINIMUM = 512 << 10;
    private static final int MAXIMUM = 4 << 20;

    /** One key in 1,024 may end a chunk. */
    private static final long MASK = 1023;

    private ChunkBorder() {}

    /** Whether a chunk of this size ends with this record. */
    static boolean after(LedgerRecord record, int size) {
        return size >= MAXIMUM || (size >= MINIMUM && (hash(record.key()) & MASK) == 0);
    }

    /** FNV-1a of 64 bits, its high bits folded in because short keys leave the low ones alike. */
    private static long hash(byte[] key) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : key) {
            hash = (hash ^ (b & 255)) * 0x100000001b3L;
        }
        return hash ^ (hash >>> 32);
    }
}
