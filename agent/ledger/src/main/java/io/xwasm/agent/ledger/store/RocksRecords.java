package io.xwasm.agent.ledger.store;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksIterator;

/** Records of one kind, one after the other, as a view shows them. */
public final class RocksRecords implements Iterator<StoredRecord>, AutoCloseable {
    private final RocksDatabase database;
    private final Column column;
    private final RocksIterator iterator;

    private RocksRecords(RocksDatabase database, Column column, RocksIterator iterator) {
        this.database = database;
        this.column = column;
        this.iterator = iterator;
    }

    static RocksRecords of(RocksDatabase database, Column column, ReadOptions reading) {
        return from(database, column, reading, new byte[0]);
    }

    /** Begins with the first key that is not before this one. */
    static RocksRecords from(
            RocksDatabase database, Column column, ReadOptions reading, byte[] first) {
        return database.on(
                "scanning",
                db -> {
                    var iterator = db.newIterator(database.handle(column), reading);
                    iterator.seek(first);
                    return new RocksRecords(database, column, iterator);
                });
    }

    @Override
    public boolean hasNext() {
        return database.on(
                "scanning",
                _ -> {
                    if (!iterator.isValid()) {
                        iterator.status();
                        return false;
                    }
                    return true;
                });
    }

    @Override
    public StoredRecord next() {
        return database.on(
                "scanning",
                _ -> {
                    if (!iterator.isValid()) {
                        throw new NoSuchElementException("no further record");
                    }
                    var next = new StoredRecord(column.number(), iterator.key(), iterator.value());
                    iterator.next();
                    return next;
                });
    }

    @Override
    public void close() {
        database.ifOpen(iterator::close);
    }
}
