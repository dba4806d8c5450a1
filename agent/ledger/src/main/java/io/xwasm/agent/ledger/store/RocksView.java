package io.xwasm.agent.ledger.store;

import io.xwasm.agent.ledger.state.StateKey;
import io.xwasm.agent.ledger.state.StateReader;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Receipt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.Snapshot;

/** A ledger as it was at one moment; closing it lets the disk space go. */
public final class RocksView implements StateReader, AutoCloseable {
    private final RocksDatabase database;
    private final Snapshot snapshot;
    private final ReadOptions reading;

    private RocksView(RocksDatabase database, Snapshot snapshot) {
        this.database = database;
        this.snapshot = snapshot;
        this.reading = new ReadOptions().setSnapshot(snapshot);
    }

    static RocksView of(RocksDatabase database) {
        return database.on("taking a view", db -> new RocksView(database, db.getSnapshot()));
    }

    @Override
    public byte @Nullable [] get(StateKey key) {
        return read(Column.STATE, key.bytes());
    }

    private byte @Nullable [] read(Column column, byte[] key) {
        return database.<byte @Nullable []>on(
                "reading", db -> db.get(database.handle(column), reading, key));
    }

    /** Height of the block whose state this is. */
    public long executed() {
        return Cursor.EXECUTED.parse(read(Column.META, Cursor.EXECUTED.bytes()));
    }

    public @Nullable Receipt receipt(Hash call) {
        var bytes = read(Column.RECEIPTS, call.bytes());
        return bytes == null ? null : Receipt.parse(bytes);
    }

    public byte @Nullable [] block(long height) {
        return read(Column.BLOCKS, Cursor.heightKey(height));
    }

    /**
     * Every record of a kind, in the order of the keys; the caller closes it, and before the view.
     */
    public RocksRecords records(Column column) {
        return RocksRecords.of(database, column, reading);
    }

    /** All code that this state holds. */
    public List<byte[]> codes() {
        var codes = new ArrayList<byte[]>();
        try (var records = RocksRecords.from(database, Column.STATE, reading, StateKey.codes())) {
            while (records.hasNext()) {
                var next = records.next();
                if (!StateKey.of(next.key()).isCode()) {
                    break;
                }
                codes.add(next.value());
            }
        }
        return codes;
    }

    @Override
    public void close() {
        database.ifOpen(() -> {
            reading.close();
            database.release(snapshot);
        });
    }
}
