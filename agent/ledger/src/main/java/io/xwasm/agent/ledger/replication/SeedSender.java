package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.Block;
import io.xwasm.agent.ledger.store.Column;
import io.xwasm.agent.ledger.store.StoredRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends a full copy of the newest committed state, for a member whose chain parts from ours too far
 * back.
 */
final class SeedSender {
    private static final int BATCH_BYTES = 256 << 10;

    /** What a new member needs; undo and write sets are of no use to it. */
    static final List<Column> COLUMNS = List.of(Column.STATE, Column.BLOCKS, Column.RECEIPTS);

    private final PrimaryTerm term;
    private final Connection connection;
    private final List<StoredRecord> batch = new ArrayList<>();
    private int batchBytes;

    SeedSender(PrimaryTerm term, Connection connection) {
        this.term = term;
        this.connection = connection;
    }

    void send() throws IOException {
        var shared = term.committedView();
        try {
            var view = shared.view();
            long height = view.executed();
            connection.send(new ReplicationMessage.SeedBegin(term.epoch(), height));
            for (Column column : COLUMNS) {
                try (var records = view.records(column)) {
                    records.forEachRemaining(this::add);
                }
            }
            flush();
            var bytes = view.block(height);
            if (bytes == null) {
                throw new IOException("there is no block yet to copy up to");
            }
            connection.send(
                    new ReplicationMessage.SeedEnd(Block.parse(bytes).header().stateRoot()));
            // The member closes when it has begun its new life.
            connection.receive();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            shared.release();
        }
    }

    private void add(StoredRecord r) {
        batch.add(r);
        batchBytes += r.key().length + r.value().length;
        if (batchBytes >= BATCH_BYTES) {
            flush();
        }
    }

    private void flush() {
        try {
            connection.send(new ReplicationMessage.SeedRecords(batch));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        batch.clear();
        batchBytes = 0;
    }
}
