package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.Block;
import io.xwasm.agent.ledger.store.LedgerDamaged;
import io.xwasm.agent.ledger.store.LedgerFolder;
import io.xwasm.agent.ledger.store.RocksView;
import io.xwasm.agent.ledger.store.StoredRecord;
import io.xwasm.agent.protocol.Genesis;
import io.xwasm.agent.protocol.Hash;
import java.util.Iterator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The ledger as it was after one committed block, standing still while the chain goes on. */
public final class CommittedView implements AutoCloseable {
    private final RocksView view;
    private final Runnable release;
    private final LedgerFolder folder;

    CommittedView(RocksView view, Runnable release, LedgerFolder folder) {
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
        return Block.parse(bytes(height));
    }

    /** How many calls are in the blocks above a height. */
    public long callsAbove(long height) {
        return LongStream.rangeClosed(height + 1, height())
                .map(h -> Block.headerOf(bytes(h)).calls())
                .sum();
    }

    /** Whether the block with this hash is on the chain; a restore may have put another there. */
    public boolean holds(long height, Hash block) {
        return height >= 1
                && height <= height()
                && Block.headerOf(bytes(height)).hash().equals(block);
    }

    private byte[] bytes(long height) {
        var bytes = view.block(height);
        if (bytes == null) {
            throw new LedgerDamaged(
                    "block %d is missing in %s".formatted(height, folder.path()), null);
        }
        return bytes;
    }

    /**
     * Gives every record to be read, ordered by column, then by key.
     *
     * @param reading reads as much as it wants; the iterator ends with it
     */
    public <T> T records(Reading<T> reading) throws InterruptedException {
        try (var records = new CommittedRecords(view, height())) {
            return reading.read(records);
        }
    }

    /** What is done with the records. */
    public interface Reading<T> {
        T read(Iterator<StoredRecord> records) throws InterruptedException;
    }

    @Override
    public void close() {
        release.run();
    }
}
