package io.xwasm.agent.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.ledger.state.Change;
import io.xwasm.agent.ledger.state.StateKey;
import io.xwasm.agent.ledger.state.StateReader;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.WireReader;
import io.xwasm.agent.protocol.WireWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;
import org.rocksdb.Statistics;
import org.rocksdb.StatsLevel;
import org.rocksdb.TickerType;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

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

    /** The kinds of records; the numbers are part of the backup format. */
    public enum Column {
        META(0),
        STATE(1),
        BLOCKS(2),
        RECEIPTS(3),
        UNDO(4),
        WRITES(5);

        private final int number;

        Column(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }

        /**
         * @throws LedgerDamaged when there is no such kind of record
         */
        static Column of(int number) {
            for (Column column : values()) {
                if (column.number == number) {
                    return column;
                }
            }
            throw new LedgerDamaged("no kind of record has the number " + number, null);
        }
    }

    static {
        RocksDB.loadLibrary();
    }

    private static final byte[] EXECUTED = "executed".getBytes(UTF_8);
    private static final byte[] SUM = "sum".getBytes(UTF_8);

    private final Path folder;
    private final DBOptions options;
    private final ColumnFamilyOptions columnOptions;
    private final LRUCache cache;
    private final BloomFilter filter;
    private final Statistics statistics = new Statistics();
    private final RocksDB db;
    private final Map<Column, ColumnFamilyHandle> columns = new EnumMap<>(Column.class);
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final WriteOptions unsynced = new WriteOptions();
    private final AtomicLong lastSyncMicros = new AtomicLong();
    private final AtomicLong lastSyncEndNanos = new AtomicLong();

    /** Held for reading by whoever uses native objects, for writing by who closes them. */
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();

    private boolean closed;

    private RocksLedgerStore(Path folder) throws RocksDBException {
        this.folder = folder;
        this.cache = new LRUCache(64L << 20);
        this.filter = new BloomFilter(10);
        statistics.setStatsLevel(StatsLevel.EXCEPT_DETAILED_TIMERS);
        this.options =
                new DBOptions()
                        .setCreateIfMissing(true)
                        .setCreateMissingColumnFamilies(true)
                        .setStatistics(statistics)
                        .setKeepLogFileNum(2)
                        .setMaxTotalWalSize(256L << 20);
        this.columnOptions =
                new ColumnFamilyOptions()
                        .setWriteBufferSize(32L << 20)
                        .setTableFormatConfig(
                                new BlockBasedTableConfig()
                                        .setBlockCache(cache)
                                        .setFilterPolicy(filter));
        var descriptors = new ArrayList<ColumnFamilyDescriptor>();
        descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, columnOptions));
        for (Column column : Column.values()) {
            descriptors.add(new ColumnFamilyDescriptor(name(column), columnOptions));
        }
        var handles = new ArrayList<ColumnFamilyHandle>();
        this.db = RocksDB.open(options, folder.toString(), descriptors, handles);
        for (Column column : Column.values()) {
            columns.put(column, handles.get(column.number() + 1));
        }
        handles.getFirst().close();
    }

    private static byte[] name(Column column) {
        return column.name().toLowerCase(java.util.Locale.ROOT).getBytes(UTF_8);
    }

    /**
     * @throws LedgerDamaged when the folder cannot be opened, also because another process has it
     *     open
     */
    public static RocksLedgerStore open(Path folder) {
        try {
            return new RocksLedgerStore(folder);
        } catch (RocksDBException e) {
            throw new LedgerDamaged(
                    "opening the ledger in %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private interface RocksAction<T extends @Nullable Object> {
        T run() throws RocksDBException;
    }

    private <T extends @Nullable Object> T on(String deed, RocksAction<T> action) {
        life.readLock().lock();
        try {
            requireOpen(deed);
            return action.run();
        } catch (RocksDBException e) {
            throw new LedgerDamaged(
                    "%s in the ledger %s: %s".formatted(deed, folder, e.getMessage()), e);
        } finally {
            life.readLock().unlock();
        }
    }

    /**
     * Native code does not check: a ledger that is used after it was closed would take the process
     * with it.
     */
    private void requireOpen(String deed) {
        if (closed) {
            throw new LedgerClosed("%s in the ledger %s, which is closed".formatted(deed, folder));
        }
    }

    private ColumnFamilyHandle handle(Column column) {
        return java.util.Objects.requireNonNull(columns.get(column));
    }

    private byte @Nullable [] get(Column column, byte[] key) {
        return this.<byte @Nullable []>on("reading", () -> db.get(handle(column), key));
    }

    /** The state as it is now, which moves as blocks are executed. */
    public StateReader state() {
        return key -> get(Column.STATE, key.bytes());
    }

    public byte @Nullable [] meta(String name) {
        return get(Column.META, name.getBytes(UTF_8));
    }

    /** Writes with an fsync. */
    public void putMeta(String name, byte[] value) {
        on(
                "writing " + name,
                () -> {
                    db.put(handle(Column.META), synced, name.getBytes(UTF_8), value);
                    return null;
                });
    }

    /** The block's bytes, or null where none is kept. */
    public byte @Nullable [] block(long height) {
        return get(Column.BLOCKS, heightKey(height));
    }

    /** Height of the newest block, 0 where there is none. */
    public long height() {
        return on(
                "looking for the newest block",
                () -> {
                    try (var iterator = db.newIterator(handle(Column.BLOCKS))) {
                        iterator.seekToLast();
                        return iterator.isValid()
                                ? new WireReader(iterator.key(), "height").i64()
                                : 0L;
                    }
                });
    }

    /** Height of the block whose state this is. */
    public long executed() {
        var bytes = get(Column.META, EXECUTED);
        return bytes == null ? 0 : new WireReader(bytes, "height").i64();
    }

    /** The state root's sum after {@link #executed}, or null for the state before everything. */
    public byte @Nullable [] sum() {
        return get(Column.META, SUM);
    }

    public @Nullable Receipt receipt(Hash call) {
        var bytes = get(Column.RECEIPTS, call.bytes());
        return bytes == null ? null : Receipt.parse(bytes);
    }

    /** A standby's append: the block alone, with an fsync. */
    public void append(long height, byte[] block) {
        try (var batch = new WriteBatch()) {
            on(
                    "appending block " + height,
                    () -> put(batch, Column.BLOCKS, heightKey(height), block));
            writeSynced(batch, "appending block " + height);
        }
    }

    /**
     * As {@link #append}, but not on disk before the next {@link #sync}: for a member that catches
     * up.
     */
    public void appendUnsynced(long height, byte[] block) {
        on(
                "appending block " + height,
                () -> {
                    db.put(handle(Column.BLOCKS), unsynced, heightKey(height), block);
                    return null;
                });
    }

    /**
     * The primary's append: block, state, undo and write set and receipts in one batch, with an
     * fsync (rule 5).
     */
    public void appendExecuted(byte[] block, Executed executed) {
        try (var batch = new WriteBatch()) {
            var deed = "appending block " + executed.height();
            on(deed, () -> put(batch, Column.BLOCKS, heightKey(executed.height()), block));
            addExecution(batch, executed);
            writeSynced(batch, deed);
        }
    }

    /** A standby's execution of a block that it holds, without an fsync of its own (rule 6). */
    public void execute(Executed executed) {
        try (var batch = new WriteBatch()) {
            addExecution(batch, executed);
            on(
                    "executing block " + executed.height(),
                    () -> {
                        db.write(unsynced, batch);
                        return null;
                    });
        }
    }

    private @Nullable Void put(WriteBatch batch, Column column, byte[] key, byte[] value)
            throws RocksDBException {
        batch.put(handle(column), key, value);
        return null;
    }

    private void addExecution(WriteBatch batch, Executed executed) {
        on(
                "collecting what block %d changed".formatted(executed.height()),
                () -> {
                    var height = heightKey(executed.height());
                    for (Change change : executed.changes()) {
                        apply(batch, change.key(), change.after());
                    }
                    for (Receipt receipt : executed.receipts()) {
                        batch.put(
                                handle(Column.RECEIPTS), receipt.call().bytes(), receipt.toBytes());
                    }
                    batch.put(handle(Column.UNDO), height, UndoSet.of(executed).toBytes());
                    batch.put(handle(Column.WRITES), height, WriteSet.toBytes(executed.changes()));
                    batch.put(handle(Column.META), EXECUTED, height);
                    batch.put(handle(Column.META), SUM, executed.sumAfter());
                    if (executed.height() > KEPT_SETS) {
                        var old = heightKey(executed.height() - KEPT_SETS);
                        batch.delete(handle(Column.UNDO), old);
                        batch.delete(handle(Column.WRITES), old);
                    }
                    return null;
                });
    }

    private void apply(WriteBatch batch, StateKey key, byte @Nullable [] value)
            throws RocksDBException {
        if (value == null) {
            batch.delete(handle(Column.STATE), key.bytes());
        } else {
            batch.put(handle(Column.STATE), key.bytes(), value);
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
            if (get(Column.UNDO, heightKey(h)) == null) {
                return false;
            }
        }
        long newest = height();
        for (long h = newest; h > height; h--) {
            cutOne(h);
        }
        return true;
    }

    private void cutOne(long height) {
        try (var batch = new WriteBatch()) {
            on(
                    "undoing block " + height,
                    () -> {
                        var undo = get(Column.UNDO, heightKey(height));
                        if (height <= executed() && undo != null) {
                            addUndo(batch, height, UndoSet.parse(undo));
                        }
                        batch.delete(handle(Column.BLOCKS), heightKey(height));
                        return null;
                    });
            writeSynced(batch, "undoing block " + height);
        }
    }

    private void addUndo(WriteBatch batch, long height, UndoSet undo) throws RocksDBException {
        for (Change change : undo.back()) {
            apply(batch, change.key(), change.after());
        }
        for (Hash call : undo.calls()) {
            batch.delete(handle(Column.RECEIPTS), call.bytes());
        }
        batch.delete(handle(Column.UNDO), heightKey(height));
        batch.delete(handle(Column.WRITES), heightKey(height));
        batch.put(handle(Column.META), EXECUTED, heightKey(height - 1));
        batch.put(handle(Column.META), SUM, undo.sumBefore());
    }

    /** Founds the state that every member of a group begins with, with an fsync. */
    public void found(List<Change> changes, byte[] sum) {
        try (var batch = new WriteBatch()) {
            on(
                    "founding the ledger",
                    () -> {
                        for (Change change : changes) {
                            apply(batch, change.key(), change.after());
                        }
                        batch.put(handle(Column.META), SUM, sum);
                        return null;
                    });
            writeSynced(batch, "founding the ledger");
        }
    }

    /**
     * Copies records in, for a restore or a new member; without an fsync, so end with {@link
     * #sync}.
     */
    public void load(List<StoredRecord> records) {
        try (var batch = new WriteBatch()) {
            on(
                    "loading records",
                    () -> {
                        for (StoredRecord r : records) {
                            batch.put(handle(Column.of(r.column())), r.key(), r.value());
                        }
                        db.write(unsynced, batch);
                        return null;
                    });
        }
    }

    /** Says of a loaded copy whose state it holds. */
    public void declareExecuted(long height, byte[] sum) {
        load(
                List.of(
                        new StoredRecord(Column.META.number(), EXECUTED, heightKey(height)),
                        new StoredRecord(Column.META.number(), SUM, sum)));
    }

    /** Makes everything written so far survive a crash. */
    public void sync() {
        on(
                "syncing",
                () -> {
                    db.flushWal(true);
                    return null;
                });
    }

    private void writeSynced(WriteBatch batch, String deed) {
        long begin = System.nanoTime();
        on(
                deed,
                () -> {
                    db.write(synced, batch);
                    return null;
                });
        long end = System.nanoTime();
        lastSyncMicros.set((end - begin) / 1_000);
        lastSyncEndNanos.set(end);
    }

    /** A view of the ledger that stands still; closing it lets the disk space go. */
    public View view() {
        return on("taking a view", () -> new View(db.getSnapshot()));
    }

    /** A ledger as it was at one moment. */
    public final class View implements StateReader, AutoCloseable {
        private final Snapshot snapshot;
        private final ReadOptions reading;

        private View(Snapshot snapshot) {
            this.snapshot = snapshot;
            this.reading = new ReadOptions().setSnapshot(snapshot);
        }

        @Override
        public byte @Nullable [] get(StateKey key) {
            return read(Column.STATE, key.bytes());
        }

        private byte @Nullable [] read(Column column, byte[] key) {
            return RocksLedgerStore.this.<byte @Nullable []>on(
                    "reading", () -> db.get(handle(column), reading, key));
        }

        public long executed() {
            var bytes = read(Column.META, EXECUTED);
            return bytes == null ? 0 : new WireReader(bytes, "height").i64();
        }

        public byte @Nullable [] sum() {
            return read(Column.META, SUM);
        }

        public byte @Nullable [] block(long height) {
            return read(Column.BLOCKS, heightKey(height));
        }

        /**
         * Every record of a kind, in the order of the keys; the caller closes it, and before the
         * view.
         */
        public Records records(Column column) {
            return on(
                    "scanning", () -> new Records(column, db.newIterator(handle(column), reading)));
        }

        @Override
        public void close() {
            ifOpen(() -> {
                reading.close();
                db.releaseSnapshot(snapshot);
            });
        }
    }

    /** Records of one kind, one after the other. */
    public final class Records implements Iterator<StoredRecord>, AutoCloseable {
        private final Column column;
        private final RocksIterator iterator;

        private Records(Column column, RocksIterator iterator) {
            this.column = column;
            this.iterator = iterator;
            iterator.seekToFirst();
        }

        @Override
        public boolean hasNext() {
            return on(
                    "scanning",
                    () -> {
                        if (!iterator.isValid()) {
                            iterator.status();
                            return false;
                        }
                        return true;
                    });
        }

        @Override
        public StoredRecord next() {
            return on(
                    "scanning",
                    () -> {
                        if (!iterator.isValid()) {
                            throw new NoSuchElementException("no further record");
                        }
                        var next =
                                new StoredRecord(column.number(), iterator.key(), iterator.value());
                        iterator.next();
                        return next;
                    });
        }

        @Override
        public void close() {
            ifOpen(iterator::close);
        }
    }

    /** What a closed ledger has freed already need not be freed again. */
    private void ifOpen(Runnable free) {
        life.readLock().lock();
        try {
            if (!closed) {
                free.run();
            }
        } finally {
            life.readLock().unlock();
        }
    }

    /** How often the write-ahead log was synced since the ledger was opened, as RocksDB counts. */
    public long walSyncs() {
        return on("counting", () -> statistics.getTickerCount(TickerType.WAL_FILE_SYNCED));
    }

    /** How long the newest fsync took, in microseconds. */
    public long lastSyncMicros() {
        return lastSyncMicros.get();
    }

    /** The height that a record of {@link Column#BLOCKS} has. */
    public static long heightOf(byte[] key) {
        return new WireReader(key, "height").i64();
    }

    /** How long ago the newest fsync ended, in nanoseconds; −1 before the first. */
    public long nanosSinceLastSync() {
        long end = lastSyncEndNanos.get();
        return end == 0 ? -1 : System.nanoTime() - end;
    }

    private static byte[] heightKey(long height) {
        return new WireWriter(8).i64(height).toBytes();
    }

    @Override
    public void close() {
        life.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            columns.values().forEach(ColumnFamilyHandle::close);
            db.close();
            options.close();
            columnOptions.close();
            statistics.close();
            cache.close();
            filter.close();
            synced.close();
            unsynced.close();
        } finally {
            life.writeLock().unlock();
        }
    }
}
