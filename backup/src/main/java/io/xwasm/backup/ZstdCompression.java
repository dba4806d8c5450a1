package io.xwasm.backup;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;

/** Compression of chunks; the only user of Zstandard. */
final class ZstdCompression {
    /** Higher levels halve the speed for a few per cent: compression is what a backup waits for. */
    private static final int LEVEL = 1;

    private ZstdCompression() {}

    static byte[] compress(byte[] plain) {
        return Zstd.compress(plain, LEVEL);
    }

    /**
     * @throws IllegalArgumentException when this is not the compressed form of so many bytes
     */
    static byte[] decompress(byte[] compressed, int plainSize) {
        var plain = new byte[plainSize];
        long size;
        try {
            size = Zstd.decompress(plain, compressed);
        } catch (ZstdException e) {
            throw new IllegalArgumentException("it does not decompress: " + e.getMessage(), e);
        }
        if (Zstd.isError(size) || size != plainSize) {
            throw new IllegalArgumentException(
                    "it does not decompress to %d bytes".formatted(plainSize));
        }
        return plain;
    }
}
