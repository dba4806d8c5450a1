package io.xwasm.agent.protocol.abi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/** Borsh, being written: little-endian integers, lengths in front of what varies. */
final class BorshBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void integer(BigInteger value, int width) {
        var rest = value;
        for (int i = 0; i < width; i++) {
            out.write(rest.intValue());
            rest = rest.shiftRight(Byte.SIZE);
        }
    }

    void octet(int value) {
        out.write(value);
    }

    void length(int value) {
        integer(BigInteger.valueOf(value), Integer.BYTES);
    }

    void raw(byte[] bytes) {
        out.writeBytes(bytes);
    }

    void bytes(byte[] bytes) {
        length(bytes.length);
        raw(bytes);
    }

    void text(String value) {
        bytes(value.getBytes(UTF_8));
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
