package io.xwasm.agent.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
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
        var bytes = blob();
        var text = new String(bytes, UTF_8);
        // What is no UTF-8 becomes replacement characters, and two byte strings one text.
        if (text.indexOf('\uFFFD') >= 0 && !Arrays.equals(text.getBytes(UTF_8), bytes)) {
            throw new MalformedMessage("a %s has a text that is no UTF-8".formatted(what));
        }
        return text;
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

    /**
     * How many things follow: a number that was read is not believed before there is room for it,
     * or a few bytes could ask for all memory.
     *
     * @param least so many bytes has each at least
     */
    public int count(int least) {
        return requireRoom(i32(), least);
    }

    /** As {@link #count}, for a number that was told elsewhere. */
    public int requireRoom(int count, int least) {
        if (count < 0 || (long) count * least > buffer.remaining()) {
            throw new MalformedMessage(
                    "a %s is cut short: %d things were announced, %d bytes are left"
                            .formatted(what, count, buffer.remaining()));
        }
        return count;
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
