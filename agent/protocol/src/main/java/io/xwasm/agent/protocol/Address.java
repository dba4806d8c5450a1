package io.xwasm.agent.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names a party: an account by its Ed25519 public key, a contract by a hash of its group and name.
 *
 * <p>Kept as four longs so that it compares and hashes by value without copying; written as 64
 * lower-case hex digits.
 */
public record Address(long a, long b, long c, long d) implements Comparable<Address> {
    /** The ledger itself, which stores code, deploys contracts and moves native balance. */
    public static final Address SYSTEM = new Address(0, 0, 0, 0);

    /** Where the contract of this name lives in this group. */
    public static Address ofContract(GroupId group, String name) {
        return of(
                Bytes32.sha256(
                        "xwasm contract ".getBytes(UTF_8),
                        group.value().getBytes(UTF_8),
                        new byte[] {0},
                        name.getBytes(UTF_8)));
    }

    /**
     * Reads 32 bytes.
     *
     * @throws IllegalArgumentException when there are not exactly 32
     */
    public static Address of(byte[] bytes) {
        Bytes32.requireLength(bytes, "address");
        return new Address(
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
    public static Address parse(String hex) {
        return of(Bytes32.parse(hex, "address"));
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
    public int compareTo(Address other) {
        return Bytes32.compare(a, b, c, d, other.a, other.b, other.c, other.d);
    }

    @Override
    @JsonValue
    public String toString() {
        return Bytes32.hex(a, b, c, d);
    }
}
