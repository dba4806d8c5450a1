package io.xwasm.backup;

import io.xwasm.agent.protocol.MalformedMessage;
import io.xwasm.agent.protocol.WireReader;
import io.xwasm.agent.protocol.WireWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Records on their way into or out of a chunk: each is a column, a key and a value.
 *
 * @param first record in it
 * @param records how many
 * @param bytes all of them, written down
 */
record PlainChunk(LedgerRecord first, int records, byte[] bytes) {
    private static final int OVERHEAD = 1 + Integer.BYTES + Integer.BYTES;

    static void write(LedgerRecord record, WireWriter out) {
        out.u8(record.column()).blob(record.key()).blob(record.value());
    }

    /** What {@link #write} adds. */
    static long size(LedgerRecord record) {
        return (long) OVERHEAD + record.key().length + record.value().length;
    }

    /**
     * @throws MalformedMessage when the bytes are no records
     */
    static List<LedgerRecord> read(byte[] bytes) {
        var in = new WireReader(bytes, "chunk of a backup");
        var records = new ArrayList<LedgerRecord>();
        while (in.remaining() > 0) {
            records.add(new LedgerRecord(in.u8(), in.blob(), in.blob()));
        }
        return records;
    }
}
