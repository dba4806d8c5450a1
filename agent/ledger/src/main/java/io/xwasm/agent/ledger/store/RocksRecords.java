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
        iterator.seekToFirst();
    }

    static RocksRecords of(RocksDatabase database, Column column, ReadOptions reading) {
        return database.on(
                "scanning",
                db ->
                        new RocksRecords(
                                database,
                                column,
                                db.newIterator(database.handle(column), reading)));
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
