package io.xwasm.agent.vm;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads a module's bytes in order and never past their end. */
final class ModuleReader {
    private static final int MAX_LEB_BITS = 35;

    private final byte[] bytes;
    private final int end;
    private int at;

    ModuleReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    ModuleReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    int at() {
        return at;
    }

    boolean hasMore() {
        return at < end;
    }

    int octet() {
        requireMore(1);
        return bytes[at++] & 0xFF;
    }

    void skip(int count) {
        requireMore(count);
        at += count;
    }

    /**
     * An unsigned number of 32 bits; those beyond the sign bit are refused, nothing is so large.
     */
    int number() {
        long value = unsigned();
        if (value > Integer.MAX_VALUE) {
            throw refused("the number " + value + " is too large");
        }
        return (int) value;
    }

    /** A number with a limit of its own, which the refusal names. */
    int count(int limit, String what) {
        int value = number();
        if (value > limit) {
            throw refused("%d %s, the limit is %d".formatted(value, what, limit));
        }
        return value;
    }

    private long unsigned() {
        long value = 0;
        for (int shift = 0; shift < MAX_LEB_BITS; shift += 7) {
            int octet = octet();
            value |= (long) (octet & 0x7F) << shift;
            if ((octet & 0x80) == 0) {
                return value;
            }
        }
        throw refused("a number has too many bytes");
    }

    /** Passes over a signed or unsigned number whose value does not matter. */
    void skipNumber() {
        for (int i = 0; i < 10; i++) {
            if ((octet() & 0x80) == 0) {
                return;
            }
        }
        throw refused("a number has too many bytes");
    }

    String name() {
        int length = number();
        requireMore(length);
        var text = new String(bytes, at, length, UTF_8);
        at += length;
        return text;
    }

    CodeRefused refused(String why) {
        return new CodeRefused("at offset 0x%x: %s".formatted(at, why));
    }

    private void requireMore(int count) {
        if (count < 0 || count > end - at) {
            throw new CodeRefused(
                    "at offset 0x%x: the module ends too early (%d bytes wanted, %d left)"
                            .formatted(at, count, end - at));
        }
    }
}
