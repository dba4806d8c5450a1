package io.xwasm.agent.ledger.store;

import static io.xwasm.agent.ledger.store.Cursor.heightKey;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.ledger.state.Change;
import io.xwasm.agent.ledger.state.StateKey;
import io.xwasm.agent.ledger.state.StateReader;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Receipt;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * One group's ledger in one RocksDB: blocks, state, receipts, undo and write sets, cursors, changed
 * in atomic batches.
 *
 * <p>Appending a block is one fsync; executing a block that is on disk already is none, because it
 * can be done again (protocol rules 5 and 6). Safe to use from several threads as long as one
 * appends and one executes.
 */
public final class RocksLedgerStore implements AutoCloseable {
    /** Undo and write sets are kept for so many blocks. */
    public static final long KEPT_SETS = 1_000;

    private static final byte[] SUM = "sum".getBytes(UTF_8);

    private final RocksDatabase database;
    private final StateCache newestState = new StateCache();

    private RocksLedgerStore(RocksDatabase database) {
        this.database = database;
    }

    /**
     * @throws LedgerDamaged when the folder cannot be opened, also because another process has it
     *     open
     */
    public static RocksLedgerStore open(Path folder) {
        return new RocksLedgerStore(RocksDatabase.open(folder));
    }

    RocksDatabase database() {
        return database;
    }

    /** The state as it is now, which moves as blocks are executed. */
    public StateReader state() {
        StateReader disk = key -> database.get(Column.STATE, key.bytes());
        return key -> newestState.get(key, disk);
    }

    public byte @Nullable [] meta(String name) {
        return database.get(Column.META, name.getBytes(UTF_8));
    }

    /** Writes with an fsync. */
    public void putMeta(String name, byte[] value) {
        database.writeSynced(
                "writing " + name, batch -> put(batch, Column.META, name.getBytes(UTF_8), value));
    }

    /** The block's bytes, or null where none is kept. */
    public byte @Nullable [] block(long height) {
        return database.get(Column.BLOCKS, heightKey(height));
    }

    /** Height of the newest block, 0 where there is none. */
    public long height() {
        return database.on(
                "looking for the newest block",
                db -> {
                    try (var iterator = db.newIterator(database.handle(Column.BLOCKS))) {
                        iterator.seekToLast();
                        return iterator.isValid() ? Cursor.heightOf(iterator.key()) : 0L;
                    }
                });
    }

    /** Height of the block whose state this is. */
    public long executed() {
        return read(Cursor.EXECUTED);
    }

    private long read(Cursor cursor) {
        return cursor.parse(database.get(Column.META, cursor.bytes()));
    }

    /**
     * Height up to which blocks are certainly committed. A standby executes nothing else; what a
     * primary made last may never have been (rule 8).
     */
    public long surelyCommitted() {
        long executed = executed();
        return executed > read(Cursor.MADE) ? executed : Math.min(executed, read(Cursor.COMMITTED));
    }

    /** The state root's sum after {@link #executed}, or null for the state before everything. */
    public byte @Nullable [] sum() {
        return database.get(Column.META, SUM);
    }

    public @Nullable Receipt receipt(Hash call) {
        var bytes = database.get(Column.RECEIPTS, call.bytes());
        return bytes == null ? null : Receipt.parse(bytes);
    }

    /** A standby's append: the block alone, with an fsync. */
    public void append(long height, byte[] block) {
        database.writeSynced(
                "appending block " + height,
                batch -> put(batch, Column.BLOCKS, heightKey(height), block));
    }

    /**
     * As {@link #append}, but not on disk before the next {@link #sync}: for a member that catches
     * up.
     */
    public void appendUnsynced(long height, byte[] block) {
        database.writeUnsynced(
                "appending block " + height,
                batch -> put(batch, Column.BLOCKS, heightKey(height), block));
    }

    /**
     * The primary's append: block, state, undo and write set and receipts in one batch, with an
     * fsync (rule 5).
     *
     * @param committed height up to which everything is committed at this moment
     */
    public void appendExecuted(byte[] block, Executed executed, long committed) {
        changeState(
                executed.changes(),
                () ->
                        database.writeSynced(
                                "appending block " + executed.height(),
                                batch -> {
                                    put(batch, Column.BLOCKS, heightKey(executed.height()), block);
                                    addExecution(batch, executed);
                                    set(batch, Cursor.MADE, executed.height());
                                    set(batch, Cursor.COMMITTED, committed);
                                }));
    }

    /** A standby's execution of a block that it holds, without an fsync of its own (rule 6). */
    public void execute(Executed executed) {
        changeState(
                executed.changes(),
                () ->
                        database.writeUnsynced(
                                "executing block " + executed.height(),
                                batch -> addExecution(batch, executed)));
    }

    private void changeState(List<Change> changes, Runnable write) {
        try {
            write.run();
        } catch (RuntimeException e) {
            // Nobody knows what of it is on the disk.
            newestState.clear();
            throw e;
        }
        newestState.written(changes);
    }

    private void put(WriteBatch batch, Column column, byte[] key, byte[] value)
            throws RocksDBException {
        batch.put(database.handle(column), key, value);
    }

    private void delete(WriteBatch batch, Column column, byte[] key) throws RocksDBException {
        batch.delete(database.handle(column), key);
    }

    private void set(WriteBatch batch, Cursor cursor, long height) throws RocksDBException {
        put(batch, Column.META, cursor.bytes(), heightKey(height));
    }

    private void addExecution(WriteBatch batch, Executed executed) throws RocksDBException {
        var height = heightKey(executed.height());
        for (Change change : executed.changes()) {
            apply(batch, change.key(), change.after());
        }
        for (Receipt receipt : executed.receipts()) {
            put(batch, Column.RECEIPTS, receipt.call().bytes(), receipt.toBytes());
        }
        put(batch, Column.UNDO, height, UndoSet.of(executed).toBytes());
        put(batch, Column.WRITES, height, WriteSet.toBytes(executed.changes()));
        set(batch, Cursor.EXECUTED, executed.height());
        put(batch, Column.META, SUM, executed.sumAfter());
        if (executed.height() > KEPT_SETS) {
            var old = heightKey(executed.height() - KEPT_SETS);
            delete(batch, Column.UNDO, old);
            delete(batch, Column.WRITES, old);
        }
    }

    private void apply(WriteBatch batch, StateKey key, byte @Nullable [] value)
            throws RocksDBException {
        if (value == null) {
            delete(batch, Column.STATE, key.bytes());
        } else {
            put(batch, Column.STATE, key.bytes(), value);
        }
    }

    /**
     * Takes the chain back to this height: undoes what was executed above it and forgets the blocks
     * (rule 10).
     *
     * @return false when the undo sets do not reach that far; then nothing has changed
     */
    public boolean cutTo(long height) {
        for (long h = executed(); h > height; h--) {
            if (database.get(Column.UNDO, heightKey(h)) == null) {
                return false;
            }
        }
        for (long h = height(); h > height; h--) {
            cutOne(h);
        }
        return true;
    }

    private void cutOne(long height) {
        var undo = height <= executed() ? database.get(Column.UNDO, heightKey(height)) : null;
        database.writeSynced(
                "undoing block " + height,
                batch -> {
                    if (undo != null) {
                        addUndo(batch, height, UndoSet.parse(undo));
                    }
                    delete(batch, Column.BLOCKS, heightKey(height));
                });
        newestState.clear();
    }

    private void addUndo(WriteBatch batch, long height, UndoSet undo) throws RocksDBException {
        for (Change change : undo.back()) {
            apply(batch, change.key(), change.after());
        }
        for (Hash call : undo.calls()) {
            delete(batch, Column.RECEIPTS, call.bytes());
        }
        delete(batch, Column.UNDO, heightKey(height));
        delete(batch, Column.WRITES, heightKey(height));
        set(batch, Cursor.EXECUTED, height - 1);
        put(batch, Column.META, SUM, undo.sumBefore());
    }

    /** Founds the state that every member of a group begins with, with an fsync. */
    public void found(List<Change> changes, byte[] sum) {
        changeState(
                changes,
                () ->
                        database.writeSynced(
                                "founding the ledger",
                                batch -> {
                                    for (Change change : changes) {
                                        apply(batch, change.key(), change.after());
                                    }
                                    put(batch, Column.META, SUM, sum);
                                }));
    }

    /**
     * Copies records in, for a restore or a new member; without an fsync, so end with {@link
     * #sync}.
     */
    public void load(List<StoredRecord> records) {
        database.writeUnsynced(
                "loading records",
                batch -> {
                    for (StoredRecord r : records) {
                        put(batch, Column.of(r.column()), r.key(), r.value());
                    }
                });
        newestState.clear();
    }

    /** Says of a loaded copy whose state it holds. */
    public void declareExecuted(long height, byte[] sum) {
        database.writeUnsynced(
                "declaring a copy whole",
                batch -> {
                    set(batch, Cursor.EXECUTED, height);
                    put(batch, Column.META, SUM, sum);
                });
    }

    /** Makes everything written so far survive a crash. */
    public void sync() {
        database.sync();
    }

    /** A view of the ledger that stands still; closing it lets the disk space go. */
    public RocksView view() {
        return RocksView.of(database);
    }

    /** How often the write-ahead log was synced since the ledger was opened, as RocksDB counts. */
    public long walSyncs() {
        return database.walSyncs();
    }

    /** How long the newest fsync took, in microseconds. */
    public long lastSyncMicros() {
        return database.lastSyncMicros();
    }

    /** How long ago the newest fsync ended, in nanoseconds; −1 before the first. */
    public long nanosSinceLastSync() {
        return database.nanosSinceLastSync();
    }

    /** The height that a record of {@link Column#BLOCKS} has. */
    public static long heightOf(byte[] key) {
        return Cursor.heightOf(key);
    }

    @Override
    public void close() {
        database.close();
    }
}
