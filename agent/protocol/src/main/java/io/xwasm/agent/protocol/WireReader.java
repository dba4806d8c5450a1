package io.xwasm.agent.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Reads what {@link WireWriter} wrote; refuses what is cut short or too long with {@link
 * MalformedMessage}.
 */
public final class WireReader {
    private final ByteBuffer buffer;
    private final String what;

    /**
     * @param what the thing that is read, for the error
     */
    public WireReader(byte[] bytes, String what) {
        this.buffer = ByteBuffer.wrap(bytes);
        this.what = what;
    }

    public int u8() {
        return guarded(() -> buffer.get() & 255);
    }

    public boolean bool() {
        int value = u8();
        if (value > 1) {
            throw new MalformedMessage("a %s has %d where a flag was due".formatted(what, value));
        }
        return value == 1;
    }

    public int i32() {
        return guarded(buffer::getInt);
    }

    public long i64() {
        return guarded(buffer::getLong);
    }

    public BigInteger u128() {
        return new BigInteger(1, raw(16));
    }

    public Hash hash() {
        return new Hash(i64(), i64(), i64(), i64());
    }

    public Address address() {
        return new Address(i64(), i64(), i64(), i64());
    }

    public CodeHash code() {
        return new CodeHash(i64(), i64(), i64(), i64());
    }

    public Incarnation incarnation() {
        return new Incarnation(new UUID(i64(), i64()));
    }

    public String text() {
        return new String(blob(), UTF_8);
    }

    public byte[] blob() {
        int length = i32();
        if (length < 0 || length > buffer.remaining()) {
            throw new MalformedMessage(
                    "a %s is cut short: %d bytes were announced, %d are left"
                            .formatted(what, length, buffer.remaining()));
        }
        return raw(length);
    }

    public byte[] raw(int length) {
        var bytes = new byte[length];
        guarded(() -> buffer.get(bytes));
        return bytes;
    }

    public int position() {
        return buffer.position();
    }

    public int remaining() {
        return buffer.remaining();
    }

    /** Ends the reading. */
    public void end() {
        if (buffer.hasRemaining()) {
            throw new MalformedMessage(
                    "a %s has %d bytes too many".formatted(what, buffer.remaining()));
        }
    }

    private <T> T guarded(java.util.function.Supplier<T> read) {
        try {
            return read.get();
        } catch (BufferUnderflowException e) {
            throw new MalformedMessage("a %s is cut short".formatted(what), e);
        }
    }
}
