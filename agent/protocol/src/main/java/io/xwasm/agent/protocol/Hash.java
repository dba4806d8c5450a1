package io.xwasm.agent.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A SHA-256 hash: of a call, of a block header, or a state root.
 *
 * <p>Kept as four longs so that it compares and hashes by value without copying; written as 64
 * lower-case hex digits.
 */
public record Hash(long a, long b, long c, long d) implements Comparable<Hash> {
    /** What comes before the first block: all zero. */
    public static final Hash ZERO = new Hash(0, 0, 0, 0);

    /** The SHA-256 of these parts, one after the other. */
    public static Hash sha256(byte[]... parts) {
        return of(Bytes32.sha256(parts));
    }

    /**
     * Reads 32 bytes.
     *
     * @throws IllegalArgumentException when there are not exactly 32
     */
    public static Hash of(byte[] bytes) {
        Bytes32.requireLength(bytes, "hash");
        return new Hash(
                Bytes32.word(bytes, 0),
                Bytes32.word(bytes, 1),
                Bytes32.word(bytes, 2),
                Bytes32.word(bytes, 3));
    }

    /**
     * Reads 64 hex digits.
     *
     * @throws IllegalArgumentException when the text is anything else; the message repeats it
     */
    @JsonCreator
    public static Hash parse(String hex) {
        return of(Bytes32.parse(hex, "hash"));
    }

    /** The 32 bytes, as a fresh array. */
    public byte[] bytes() {
        return Bytes32.bytes(a, b, c, d);
    }

    /** The first six and last four digits, for people. */
    public String abbreviated() {
        var hex = toString();
        return hex.substring(0, 6) + "…" + hex.substring(60);
    }

    @Override
    public int compareTo(Hash other) {
        return Bytes32.compare(a, b, c, d, other.a, other.b, other.c, other.d);
    }

    @Override
    @JsonValue
    public String toString() {
        return Bytes32.hex(a, b, c, d);
    }
}
