package io.xwasm.agent.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names a WebAssembly module by the SHA-256 of its bytes.
 *
 * <p>Kept as four longs so that it compares and hashes by value without copying; written as 64
 * lower-case hex digits.
 */
public record CodeHash(long a, long b, long c, long d) implements Comparable<CodeHash> {
    /** The name of this module. */
    public static CodeHash ofCode(byte[] wasm) {
        return of(Bytes32.sha256(wasm));
    }

    /**
     * Reads 32 bytes.
     *
     * @throws IllegalArgumentException when there are not exactly 32
     */
    public static CodeHash of(byte[] bytes) {
        Bytes32.requireLength(bytes, "code hash");
        return new CodeHash(
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
    public static CodeHash parse(String hex) {
        return of(Bytes32.parse(hex, "code hash"));
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
    public int compareTo(CodeHash other) {
        return Bytes32.compare(a, b, c, d, other.a, other.b, other.c, other.d);
    }

    @Override
    @JsonValue
    public String toString() {
        return Bytes32.hex(a, b, c, d);
    }
}
