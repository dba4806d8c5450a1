package io.xwasm.agent.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.protocol.WireReader;
import io.xwasm.agent.protocol.WireWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A height that a ledger remembers about itself. */
enum Cursor {
    /** Whose state is held. */
    EXECUTED,

    /** Of the newest block that this member made as primary. */
    MADE,

    /** Up to which everything was committed when that block was appended. */
    COMMITTED;

    byte[] bytes() {
        return name().toLowerCase(Locale.ROOT).getBytes(UTF_8);
    }

    /** The height in these bytes; 0 where there are none. */
    long parse(byte @Nullable [] bytes) {
        return bytes == null ? 0 : heightOf(bytes);
    }

    /** Heights as keys, in the order of the heights. */
    static byte[] heightKey(long height) {
        return new WireWriter(Long.BYTES).i64(height).toBytes();
    }

    static long heightOf(byte[] key) {
        return new WireReader(key, "height").i64();
    }
}
