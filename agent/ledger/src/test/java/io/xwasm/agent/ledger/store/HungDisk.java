package io.xwasm.agent.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.rocksdb.WriteOptions;

/**
 * A ledger whose writes do not end before {@link #close}: its database may not write its memory to
 * the disk, and the memory is full.
 */
public final class HungDisk implements AutoCloseable {
    private static final byte[] KEY = "filling".getBytes(UTF_8);
    private static final byte[] FILLING = new byte[1 << 20];

    private final RocksDatabase database;
    private final FutureTask<Void> filling = new FutureTask<>(this::fill, null);
    private final AtomicInteger filledMebibytes = new AtomicInteger();
    private volatile boolean closed;

    private HungDisk(RocksDatabase database) {
        this.database = database;
    }

    /** Returns when no write gets through any more. */
    public static HungDisk under(RocksLedgerStore store) throws InterruptedException {
        var disk = new HungDisk(store.database());
        disk.database.on(
                "pausing",
                db -> {
                    db.pauseBackgroundWork();
                    return null;
                });
        Thread.ofPlatform().daemon().name("filling").start(disk.filling);
        disk.awaitStall();
        return disk;
    }

    private void fill() {
        try (var options = new WriteOptions().setDisableWAL(true)) {
            // The same key again and again, which nobody reads.
            while (!closed) {
                database.on(
                        "filling",
                        db -> {
                            db.put(database.handle(Column.META), options, KEY, FILLING);
                            return null;
                        });
                filledMebibytes.incrementAndGet();
            }
        }
    }

    private void awaitStall() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!isStopped()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        filledMebibytes + " MiB were written, and still it takes more");
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private boolean isStopped() {
        return database.<Boolean>on(
                "looking", db -> db.getProperty("rocksdb.is-write-stopped").equals("1"));
    }

    private void awaitFilled() {
        try {
            filling.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the disk went on", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("filling the database's memory", e.getCause());
        }
    }

    /** Writes go on. */
    @Override
    public void close() {
        closed = true;
        database.on(
                "going on",
                db -> {
                    db.continueBackgroundWork();
                    return null;
                });
        awaitFilled();
    }
}
