package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.Block;
import io.xwasm.agent.ledger.store.LedgerDamaged;
import io.xwasm.agent.ledger.store.LedgerFolder;
import io.xwasm.agent.ledger.store.RocksLedgerStore;
import io.xwasm.agent.ledger.store.RocksLedgerStore.Column;
import io.xwasm.agent.ledger.store.StoredRecord;
import io.xwasm.agent.protocol.Genesis;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The ledger as it was after one committed block, standing still while the chain goes on. */
public final class CommittedView implements AutoCloseable {
    /** What a copy or a backup holds, in this order; blocks come as far as the view's own. */
    public static final List<Column> COLUMNS = SeedSender.COLUMNS;

    private final RocksLedgerStore.View view;
    private final Runnable release;
    private final LedgerFolder folder;

    CommittedView(RocksLedgerStore.View view, Runnable release, LedgerFolder folder) {
        this.view = view;
        this.release = release;
        this.folder = folder;
    }

    public Genesis genesis() {
        return folder.genesis();
    }

    public long height() {
        return view.executed();
    }

    /** The block whose state this is, or null before the first. */
    public @Nullable Block block() {
        long height = height();
        if (height == 0) {
            return null;
        }
        var bytes = view.block(height);
        if (bytes == null) {
            throw new LedgerDamaged(
                    "block %d is missing in %s".formatted(height, folder.path()), null);
        }
        return Block.parse(bytes);
    }

    /** Every record of a column, in the order of the keys. */
    public void scan(Column column, Consumer<StoredRecord> consumer) {
        long last = height();
        view.scan(
                column,
                r -> {
                    // A follower's disk may hold blocks that are not committed yet.
                    if (column != Column.BLOCKS || RocksLedgerStore.heightOf(r.key()) <= last) {
                        consumer.accept(r);
                    }
                });
    }

    @Override
    public void close() {
        release.run();
    }
}
