package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.store.Column;
import io.xwasm.agent.ledger.store.RocksLedgerStore;
import io.xwasm.agent.ledger.store.RocksRecords;
import io.xwasm.agent.ledger.store.RocksView;
import io.xwasm.agent.ledger.store.StoredRecord;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** State, blocks and receipts of a committed view, one after the other. */
final class CommittedRecords implements Iterator<StoredRecord>, AutoCloseable {
    private final RocksView view;
    private final long height;
    private final Iterator<Column> columns = SeedSender.COLUMNS.iterator();
    private @Nullable RocksRecords records;
    private @Nullable StoredRecord next;

    CommittedRecords(RocksView view, long height) {
        this.view = view;
        this.height = height;
        advance();
    }

    private void advance() {
        next = null;
        while (next == null) {
            var open = records;
            if (open != null && open.hasNext()) {
                var candidate = open.next();
                if (!isBeyond(candidate)) {
                    next = candidate;
                }
            } else if (columns.hasNext()) {
                close();
                records = view.records(columns.next());
            } else {
                return;
            }
        }
    }

    /** A follower's disk may hold blocks that are not committed yet. */
    private boolean isBeyond(StoredRecord candidate) {
        return candidate.column() == Column.BLOCKS.number()
                && RocksLedgerStore.heightOf(candidate.key()) > height;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public StoredRecord next() {
        var current = next;
        if (current == null) {
            throw new NoSuchElementException("no further record");
        }
        advance();
        return current;
    }

    @Override
    public void close() {
        var open = records;
        if (open != null) {
            open.close();
            records = null;
        }
    }
}
