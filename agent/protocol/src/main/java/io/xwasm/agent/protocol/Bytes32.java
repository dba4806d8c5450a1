package io.xwasm.agent.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The arithmetic that the three 32-byte names share. */
final class Bytes32 {
    static final int LENGTH = 32;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(US_ASCII);

    private Bytes32() {}

    static void requireLength(byte[] bytes, String what) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException(
                    "a %s is 32 bytes, not %d".formatted(what, bytes.length));
        }
    }

    static byte[] parse(String hex, String what) {
        if (hex.length() != 2 * LENGTH) {
            throw new IllegalArgumentException(
                    "'%s' is no %s: 64 hex digits are wanted".formatted(hex, what));
        }
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'%s' is no %s: 64 hex digits are wanted".formatted(hex, what), e);
        }
    }

    static long word(byte[] bytes, int index) {
        return ByteBuffer.wrap(bytes).getLong(index * Long.BYTES);
    }

    static byte[] bytes(long a, long b, long c, long d) {
        return ByteBuffer.allocate(LENGTH).putLong(a).putLong(b).putLong(c).putLong(d).array();
    }

    static String hex(long a, long b, long c, long d) {
        var out = new byte[2 * LENGTH];
        write(out, 0, a);
        write(out, 16, b);
        write(out, 32, c);
        write(out, 48, d);
        return new String(out, US_ASCII);
    }

    private static void write(byte[] out, int at, long word) {
        for (int i = 0; i < 16; i++) {
            out[at + i] = DIGITS[(int) (word >>> (60 - 4 * i)) & 15];
        }
    }

    static int compare(
            long a, long b, long c, long d, long otherA, long otherB, long otherC, long otherD) {
        if (a != otherA) {
            return Long.compareUnsigned(a, otherA);
        }
        if (b != otherB) {
            return Long.compareUnsigned(b, otherB);
        }
        if (c != otherC) {
            return Long.compareUnsigned(c, otherC);
        }
        return Long.compareUnsigned(d, otherD);
    }

    static byte[] sha256(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
