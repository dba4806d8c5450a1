package io.xwasm.controlplane.metadata;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * One SQLite file, the default for one control-plane member.
 *
 * <p>SQLite has one writer at a time anyway. Here that is one platform thread, so that an fsync
 * never holds the carrier of other virtual threads, and a queue in front of it instead of {@code
 * SQLITE_BUSY}.
 */
public final class SqliteDatabase implements Database {
    private static final int READERS = 4;

    private final HikariDataSource writer;
    private final HikariDataSource readers;
    private final Jdbi writing;
    private final Jdbi reading;
    private final ExecutorService writerThread;
    private final UUID incarnation;

    private SqliteDatabase(Path file, InstantSource clock) {
        writer = pool(file, 1, "IMMEDIATE");
        try {
            migrate(writer);
            readers = pool(file, READERS, "DEFERRED");
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
        writing = Jdbi.create(writer);
        reading = Jdbi.create(readers);
        writerThread =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("metadata-writer").factory());
        incarnation = write(sql -> mintIncarnation(sql, clock.instant()));
    }

    /**
     * @throws MetadataUnavailable when the file cannot be opened or is no such database
     */
    public static SqliteDatabase open(Path file, InstantSource clock) {
        try {
            return new SqliteDatabase(file, clock);
        } catch (RuntimeException e) {
            throw new MetadataUnavailable("opening the metadata in " + file, e);
        }
    }

    private static HikariDataSource pool(Path file, int size, String transactionMode) {
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:sqlite:" + file);
        config.setMaximumPoolSize(size);
        config.setPoolName("metadata-" + transactionMode.toLowerCase(java.util.Locale.ROOT));
        config.setInitializationFailTimeout(1);
        config.addDataSourceProperty("journal_mode", "WAL");
        config.addDataSourceProperty("synchronous", "FULL");
        config.addDataSourceProperty("foreign_keys", "true");
        config.addDataSourceProperty("busy_timeout", "10000");
        config.addDataSourceProperty("transaction_mode", transactionMode);
        return new HikariDataSource(config);
    }

    private static void migrate(HikariDataSource source) {
        var _ =
                Flyway.configure()
                        .dataSource(source)
                        .locations("classpath:io/xwasm/controlplane/metadata")
                        .loggers("slf4j")
                        .load()
                        .migrate();
    }

    private static UUID mintIncarnation(Sql sql, Instant now) {
        return sql.first(
                        "SELECT incarnation FROM metadata",
                        row -> UUID.fromString(row.text("incarnation")))
                .orElseGet(() -> {
                    var minted = UUID.randomUUID();
                    var _ =
                            sql.run(
                                    "INSERT INTO metadata (id, incarnation, created_at)"
                                            + " VALUES (1, ?, ?)",
                                    minted.toString(),
                                    now.toEpochMilli());
                    return minted;
                });
    }

    @Override
    public UUID incarnation() {
        return incarnation;
    }

    @Override
    public <T> T read(Function<Sql, T> transaction) {
        return reading.inTransaction(handle -> transaction.apply(new JdbiSql(handle)));
    }

    @Override
    public <T> T write(Function<Sql, T> transaction) {
        return await(() -> writing.inTransaction(handle -> transaction.apply(new JdbiSql(handle))));
    }

    private <T> T await(Callable<T> work) {
        try {
            return uninterrupted(work);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException refused -> throw refused;
                case Error broken -> throw broken;
                case null, default -> throw new MetadataUnavailable("writing the metadata", e);
            }
        }
    }

    /** A write that has begun has an outcome, and whoever asked for it must learn it. */
    private <T> T uninterrupted(Callable<T> work) throws ExecutionException {
        if (Thread.currentThread().getName().equals("metadata-writer")) {
            throw new IllegalStateException("a write inside a write would wait for itself");
        }
        var future = writerThread.submit(work);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        writerThread.close();
        readers.close();
        writer.close();
    }

    private record JdbiSql(Handle handle) implements Sql {
        @Override
        public int run(String statement, @Nullable Object... arguments) {
            return handle.execute(statement, arguments);
        }

        @Override
        public <T> List<T> list(String query, Function<Row, T> read, @Nullable Object... args) {
            return handle.select(query, args).map((rows, _) -> read.apply(new Row(rows))).list();
        }
    }
}
