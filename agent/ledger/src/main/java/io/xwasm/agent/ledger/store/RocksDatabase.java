package io.xwasm.agent.ledger.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
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
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;
import org.rocksdb.Statistics;
import org.rocksdb.StatsLevel;
import org.rocksdb.TickerType;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * An open RocksDB with one column family per {@link Column}: its options, its native objects, and
 * the guard that nobody touches them after they are freed.
 */
final class RocksDatabase implements AutoCloseable {
    static {
        RocksDB.loadLibrary();
    }

    /** So much of a column gathers in memory before it becomes a file. */
    private static final long FLUSHED_BYTES = 32L << 20;

    /**
     * Finding a record's place in a buffer is what takes long when they are many and small, so
     * theirs gather in several small buffers, which become a file together.
     */
    private static final int BUFFERS = 8;

    /** Of a buffer, so that those which do not hold a key need not be searched for it. */
    private static final double BUFFER_FILTER_SHARE = 0.05;

    private final Path folder;
    private final DBOptions options;
    private final ColumnFamilyOptions largeRecords;
    private final ColumnFamilyOptions smallRecords;
    private final LRUCache cache = new LRUCache(64L << 20);
    private final BloomFilter filter = new BloomFilter(10);
    private final Statistics statistics = new Statistics();
    private final RocksDB db;
    private final Map<Column, ColumnFamilyHandle> columns = new EnumMap<>(Column.class);
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final WriteOptions unsynced = new WriteOptions();
    private final AtomicLong lastSyncMicros = new AtomicLong();
    private final AtomicLong lastSyncEndNanos = new AtomicLong();
    private final AtomicLong walSyncs = new AtomicLong();

    /** Held for reading by whoever uses native objects, for writing by who closes them. */
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();

    private boolean closed;

    private RocksDatabase(Path folder) throws RocksDBException {
        this.folder = folder;
        statistics.setStatsLevel(StatsLevel.EXCEPT_DETAILED_TIMERS);
        this.options =
                new DBOptions()
                        .setCreateIfMissing(true)
                        .setCreateMissingColumnFamilies(true)
                        .setStatistics(statistics)
                        .setKeepLogFileNum(2)
                        .setMaxTotalWalSize(256L << 20);
        this.largeRecords = tables().setWriteBufferSize(FLUSHED_BYTES);
        this.smallRecords =
                tables().setWriteBufferSize(FLUSHED_BYTES / BUFFERS)
                        .setMinWriteBufferNumberToMerge(BUFFERS)
                        .setMaxWriteBufferNumber(BUFFERS + 2)
                        .setMemtableWholeKeyFiltering(true)
                        .setMemtablePrefixBloomSizeRatio(BUFFER_FILTER_SHARE);
        var descriptors = new ArrayList<ColumnFamilyDescriptor>();
        descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, largeRecords));
        for (Column column : Column.values()) {
            descriptors.add(
                    new ColumnFamilyDescriptor(
                            column.bytes(), column.hasManySmall() ? smallRecords : largeRecords));
        }
        var handles = new ArrayList<ColumnFamilyHandle>();
        this.db = RocksDB.open(options, folder.toString(), descriptors, handles);
        for (Column column : Column.values()) {
            columns.put(column, handles.get(column.number() + 1));
        }
        handles.getFirst().close();
    }

    private ColumnFamilyOptions tables() {
        return new ColumnFamilyOptions()
                .setTableFormatConfig(
                        new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));
    }

    /**
     * @throws LedgerDamaged when the folder cannot be opened, also because another process has it
     *     open
     */
    static RocksDatabase open(Path folder) {
        try {
            return new RocksDatabase(folder);
        } catch (RocksDBException e) {
            throw new LedgerDamaged(
                    "opening the ledger in %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /** Something that is done with the open database. */
    interface Action<T extends @Nullable Object> {
        T run(RocksDB db) throws RocksDBException;
    }

    /**
     * Native code does not check: a ledger that is used after it was closed would take the process
     * with it.
     *
     * @throws LedgerClosed when it is closed
     * @throws LedgerDamaged when RocksDB fails; the sentence has the deed and the folder
     */
    <T extends @Nullable Object> T on(String deed, Action<T> action) {
        life.readLock().lock();
        try {
            if (closed) {
                throw new LedgerClosed(
                        "%s in the ledger %s, which is closed".formatted(deed, folder));
            }
            return action.run(db);
        } catch (RocksDBException e) {
            throw new LedgerDamaged(
                    "%s in the ledger %s: %s".formatted(deed, folder, e.getMessage()), e);
        } finally {
            life.readLock().unlock();
        }
    }

    /** What a closed ledger has freed already need not be freed again. */
    void ifOpen(Runnable free) {
        life.readLock().lock();
        try {
            if (!closed) {
                free.run();
            }
        } finally {
            life.readLock().unlock();
        }
    }

    ColumnFamilyHandle handle(Column column) {
        return Objects.requireNonNull(columns.get(column));
    }

    byte @Nullable [] get(Column column, byte[] key) {
        return this.<byte @Nullable []>on("reading", db -> db.get(handle(column), key));
    }

    /** What goes into a batch. */
    interface Filling {
        void fill(WriteBatch batch) throws RocksDBException;
    }

    /** Writes a batch with an fsync, which is timed. */
    void writeSynced(String deed, Filling filling) {
        write(deed, filling, synced);
    }

    /** Writes a batch that a crash may take back. */
    void writeUnsynced(String deed, Filling filling) {
        write(deed, filling, unsynced);
    }

    private void write(String deed, Filling filling, WriteOptions how) {
        try (var batch = new WriteBatch()) {
            on(
                    deed,
                    db -> {
                        filling.fill(batch);
                        long begin = System.nanoTime();
                        db.write(how, batch);
                        if (how.sync()) {
                            long end = System.nanoTime();
                            lastSyncMicros.set((end - begin) / 1_000);
                            lastSyncEndNanos.set(end);
                        }
                        return null;
                    });
        }
    }

    /** Makes everything written so far survive a crash. */
    void sync() {
        on(
                "syncing",
                db -> {
                    db.flushWal(true);
                    return null;
                });
    }

    void release(Snapshot snapshot) {
        db.releaseSnapshot(snapshot);
    }

    /** How often the write-ahead log was synced since the ledger was opened, as RocksDB counts. */
    long walSyncs() {
        // Who reports on a member must not care whether its ledger is being replaced right now.
        ifOpen(() -> walSyncs.set(statistics.getTickerCount(TickerType.WAL_FILE_SYNCED)));
        return walSyncs.get();
    }

    long lastSyncMicros() {
        return lastSyncMicros.get();
    }

    long nanosSinceLastSync() {
        long end = lastSyncEndNanos.get();
        return end == 0 ? -1 : System.nanoTime() - end;
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
            largeRecords.close();
            smallRecords.close();
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
