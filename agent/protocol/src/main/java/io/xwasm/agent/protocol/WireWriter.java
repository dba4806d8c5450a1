package io.xwasm.agent.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Writes the canonical binary form: big-endian integers, byte strings behind their length as an
 * unsigned 32-bit integer.
 */
public final class WireWriter {
    private byte[] bytes;
    private int length;

    public WireWriter() {
        this(256);
    }

    public WireWriter(int capacity) {
        this.bytes = new byte[Math.max(16, capacity)];
    }

    public WireWriter u8(int value) {
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    public WireWriter bool(boolean value) {
        return u8(value ? 1 : 0);
    }

    public WireWriter i32(int value) {
        room(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    public WireWriter i64(long value) {
        room(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    /**
     * Sixteen bytes.
     *
     * @throws IllegalArgumentException when the value is negative or above 2^128 − 1
     */
    public WireWriter u128(BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > 128) {
            throw new IllegalArgumentException(value + " is no unsigned 128-bit number");
        }
        return i64(value.shiftRight(64).longValue()).i64(value.longValue());
    }

    public WireWriter hash(Hash hash) {
        return i64(hash.a()).i64(hash.b()).i64(hash.c()).i64(hash.d());
    }

    public WireWriter address(Address address) {
        return i64(address.a()).i64(address.b()).i64(address.c()).i64(address.d());
    }

    public WireWriter code(CodeHash code) {
        return i64(code.a()).i64(code.b()).i64(code.c()).i64(code.d());
    }

    public WireWriter incarnation(Incarnation incarnation) {
        return i64(incarnation.value().getMostSignificantBits())
                .i64(incarnation.value().getLeastSignificantBits());
    }

    public WireWriter text(String text) {
        return blob(text.getBytes(UTF_8));
    }

    public WireWriter blob(byte[] blob) {
        return i32(blob.length).raw(blob);
    }

    /** The bytes alone, without their length. */
    public WireWriter raw(byte[] raw) {
        room(raw.length);
        System.arraycopy(raw, 0, bytes, length, raw.length);
        length += raw.length;
        return this;
    }

    public int length() {
        return length;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
