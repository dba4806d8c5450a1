package io.xwasm.controlplane.groups;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.ManualClock;
import io.xwasm.controlplane.metadata.Database;
import io.xwasm.controlplane.metadata.MetadataUnavailable;
import io.xwasm.controlplane.metadata.Sql;
import io.xwasm.controlplane.metadata.SqliteDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupConfigurationsTest {
    private static final GroupId MAIN = new GroupId("main");
    private final Incarnation one = Incarnation.mint();
    @TempDir Path folder;
    private SqliteDatabase database;
    private GroupConfigurations configurations;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(folder.resolve("metadata.db"), new ManualClock());
        configurations = new GroupConfigurations(database, new ManualClock());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void what_was_written_is_read_back_whole() {
        var row = row(1, 1);
        assertThat(configurations.compareAndSet(0, row, "r1", "formation"))
                .isEqualTo(new ConfigurationChange.Applied(row));
        assertThat(configurations.find(MAIN)).hasValue(row);
    }

    @Test
    void of_many_who_change_the_same_version_one_succeeds() throws Exception {
        var _ = configurations.compareAndSet(0, row(1, 1), "first", "formation");
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<ConfigurationChange>> attempts =
                    IntStream.range(0, 20)
                            .<Callable<ConfigurationChange>>mapToObj(i ->
                                    () ->
                                            configurations.compareAndSet(
                                                    1, row(2 + i, 2), "r" + i, "race"))
                            .toList();
            var outcomes = new ArrayList<ConfigurationChange>();
            for (var future : pool.invokeAll(attempts)) {
                outcomes.add(future.get());
            }
            assertThat(outcomes)
                    .filteredOn(ConfigurationChange.Applied.class::isInstance)
                    .hasSize(1);
            assertThat(configurations.find(MAIN).orElseThrow().version()).isEqualTo(2);
        }
    }

    @Test
    void a_conflict_shows_the_row_that_is_there() {
        var _ = configurations.compareAndSet(0, row(1, 1), "first", "formation");
        assertThat(configurations.compareAndSet(0, row(5, 1), "second", "late"))
                .isEqualTo(new ConfigurationChange.Conflict(configurations.find(MAIN)));
    }

    @Test
    void the_same_request_again_is_applied_once_also_after_others() {
        var first = row(1, 1);
        var _ = configurations.compareAndSet(0, first, "first", "formation");
        var _ = configurations.compareAndSet(1, row(2, 2), "second", "next");
        assertThat(configurations.compareAndSet(0, first, "first", "formation"))
                .isEqualTo(new ConfigurationChange.Applied(first));
        assertThat(configurations.find(MAIN).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void a_lost_reply_is_resolved_by_reading_the_row_again() {
        var losing = new GroupConfigurations(new LosesReplies(database), new ManualClock());
        var row = row(1, 1);
        assertThat(losing.compareAndSet(0, row, "first", "formation"))
                .isEqualTo(new ConfigurationChange.Applied(row));
    }

    @Test
    void looking_at_a_row_asks_the_database_once_per_change() {
        var counting = new CountsReads(database, new AtomicInteger());
        var kept = new GroupConfigurations(counting, new ManualClock());
        assertThat(kept.find(MAIN)).isEmpty();
        for (long version = 1; version <= 3; version++) {
            var _ = kept.compareAndSet(version - 1, row(version, version), "r" + version, "next");
            for (int look = 0; look < 10; look++) {
                assertThat(kept.find(MAIN).orElseThrow().version()).isEqualTo(version);
            }
        }
        assertThat(counting.reads()).hasValue(4);
    }

    @Test
    void after_a_change_nobody_sees_the_row_before_it() throws Exception {
        var newest = new AtomicLong();
        var done = new AtomicBoolean();
        // Platform threads: virtual ones that never rest would starve the rest of the test.
        try (var pool = Executors.newFixedThreadPool(4)) {
            var readers =
                    IntStream.range(0, 4)
                            .mapToObj(_ -> pool.submit(() -> looksUntil(done, newest)))
                            .toList();
            for (long version = 1; version <= 200; version++) {
                var _ =
                        configurations.compareAndSet(
                                version - 1, row(version, version), "r" + version, "next");
                newest.set(version);
            }
            done.set(true);
            for (var reader : readers) {
                assertThat(reader.get()).isEmpty();
            }
        }
        assertThat(configurations.find(MAIN).orElseThrow().version()).isEqualTo(200);
    }

    /** Every look that began after a change was made must show it, or a later one. */
    private List<String> looksUntil(AtomicBoolean done, AtomicLong newest) {
        var wrong = new ArrayList<String>();
        while (!done.get()) {
            long least = newest.get();
            long seen = configurations.find(MAIN).map(Configuration::version).orElse(0L);
            if (seen < least) {
                wrong.add("saw %d after %d was written".formatted(seen, least));
            }
        }
        return wrong;
    }

    private record CountsReads(Database database, AtomicInteger reads) implements Database {
        @Override
        public <T> T read(Function<Sql, T> transaction) {
            reads.incrementAndGet();
            return database.read(transaction);
        }

        @Override
        public <T> T write(Function<Sql, T> transaction) {
            return database.write(transaction);
        }

        @Override
        public UUID incarnation() {
            return database.incarnation();
        }

        @Override
        public void close() {
            database.close();
        }
    }

    private Configuration row(long epoch, long version) {
        var member = new Member(one, new NodeId("node-1"), "127.0.0.1:1", "http://127.0.0.1:2");
        return new Configuration(
                MAIN,
                configurations.metadata(),
                new Epoch(epoch),
                one,
                List.of(member),
                new TreeSet<>(List.of(one)),
                1,
                0,
                version);
    }

    /** Commits, and then fails as a connection does that breaks before the answer. */
    private record LosesReplies(Database database) implements Database {
        @Override
        public <T> T read(Function<Sql, T> transaction) {
            return database.read(transaction);
        }

        @Override
        public <T> T write(Function<Sql, T> transaction) {
            var _ = database.write(transaction);
            throw new MetadataUnavailable("writing", new IllegalStateException("broken pipe"));
        }

        @Override
        public UUID incarnation() {
            return database.incarnation();
        }

        @Override
        public void close() {
            database.close();
        }
    }
}
