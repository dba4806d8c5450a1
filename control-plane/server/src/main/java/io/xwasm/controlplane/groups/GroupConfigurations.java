package io.xwasm.controlplane.groups;

import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.Member;
import io.xwasm.controlplane.metadata.Database;
import io.xwasm.controlplane.metadata.MetadataUnavailable;
import io.xwasm.controlplane.metadata.Row;
import io.xwasm.controlplane.metadata.Sql;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows that decide who may acknowledge calls (protocol rule 2). */
public final class GroupConfigurations {
    private static final Logger LOG = LoggerFactory.getLogger(GroupConfigurations.class);

    private final Database database;
    private final InstantSource clock;
    private final List<Consumer<Configuration>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Each heartbeat of each member looks at its group's row, so the row is kept here. Every write
     * goes through {@link #compareAndSet}, which forgets it. A row that is old would do no harm,
     * because the write compares with what is on disk (rule 2); members of a control plane that
     * share their metadata would have to tell each other of their writes to see them soon.
     */
    private final Map<GroupId, Optional<Configuration>> rows = new ConcurrentHashMap<>();

    /** Counts what {@link #rows} forgot, so that no reader puts an old row back. */
    private final AtomicLong forgotten = new AtomicLong();

    public GroupConfigurations(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The incarnation of these metadata, which every configuration carries. */
    public UUID metadata() {
        return database.incarnation();
    }

    /** Hears every change after it is on disk. */
    public void listen(Consumer<Configuration> listener) {
        listeners.add(listener);
    }

    public Optional<Configuration> find(GroupId group) {
        var kept = rows.get(group);
        if (kept != null) {
            return kept;
        }
        long before = forgotten.get();
        var read = database.read(sql -> find(sql, group));
        synchronized (rows) {
            if (forgotten.get() == before) {
                rows.put(group, read);
            }
        }
        return read;
    }

    private void forget(GroupId group) {
        synchronized (rows) {
            forgotten.incrementAndGet();
            rows.remove(group);
        }
    }

    public List<Configuration> all() {
        return database.read(sql ->
                sql.list(
                        "SELECT * FROM group_configuration ORDER BY group_id",
                        GroupConfigurations::configuration));
    }

    /** When the newest row of a group was written. */
    public Optional<Instant> changedAt(GroupId group) {
        return database.read(sql ->
                sql.first(
                        "SELECT at FROM group_configuration_change WHERE group_id = ?"
                                + " ORDER BY version DESC LIMIT 1",
                        row -> row.time("at"),
                        group.value()));
    }

    /**
     * A change that was made.
     *
     * @param request that asked for it
     */
    public record Change(Instant at, String request) {}

    /** The newest changes of a group's row, newest first. */
    public List<Change> changes(GroupId group, int limit) {
        return database.read(sql ->
                sql.list(
                        "SELECT at, request FROM group_configuration_change WHERE group_id = ?"
                                + " ORDER BY version DESC LIMIT ?",
                        row -> new Change(row.time("at"), row.text("request")),
                        group.value(),
                        limit));
    }

    /**
     * Puts {@code next} in place of the row if that still has the expected version; once per
     * request, however often it is tried.
     *
     * @param expectedVersion 0 when there is to be no row yet
     * @param next its version is the expected one plus one, its epoch higher than the row's
     * @param request names this change
     * @param why one sentence, kept with the row
     */
    public ConfigurationChange compareAndSet(
            long expectedVersion, Configuration next, String request, String why) {
        if (next.version() != expectedVersion + 1) {
            throw new IllegalArgumentException(
                    "version %d cannot follow version %d"
                            .formatted(next.version(), expectedVersion));
        }
        ConfigurationChange change;
        try {
            change = database.write(sql -> attempt(sql, expectedVersion, next, request, why));
        } catch (MetadataUnavailable e) {
            // The reply was lost, not necessarily the change: the row knows which.
            LOG.warn("the outcome of a change of {} is unknown; reading it again", next.group(), e);
            change =
                    database.read(sql -> written(sql, request))
                            .<ConfigurationChange>map(ConfigurationChange.Applied::new)
                            .orElseThrow(() -> e);
        } finally {
            forget(next.group());
        }
        if (change instanceof ConfigurationChange.Applied(var configuration)) {
            LOG.info(
                    "{} is in epoch {}, version {}: {}",
                    configuration.group(),
                    configuration.epoch(),
                    configuration.version(),
                    why);
            listeners.forEach(listener -> listener.accept(configuration));
        }
        return change;
    }

    private ConfigurationChange attempt(
            Sql sql, long expectedVersion, Configuration next, String request, String why) {
        var before = written(sql, request);
        if (before.isPresent()) {
            return new ConfigurationChange.Applied(before.get());
        }
        var current = find(sql, next.group());
        if (current.map(Configuration::version).orElse(0L) != expectedVersion) {
            return new ConfigurationChange.Conflict(current);
        }
        if (!current.map(Configuration::epoch).orElse(Epoch.NONE).olderThan(next.epoch())) {
            throw new IllegalArgumentException(
                    "every change raises the epoch: %s does not follow %s"
                            .formatted(next.epoch(), current));
        }
        put(sql, next, request);
        var _ =
                sql.run(
                        "INSERT INTO group_configuration_change"
                                + " (group_id, version, epoch, request, why, at, document)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                        next.group().value(),
                        next.version(),
                        next.epoch().value(),
                        request,
                        why,
                        clock.millis(),
                        Json.write(next));
        return new ConfigurationChange.Applied(next);
    }

    private static void put(Sql sql, Configuration next, String request) {
        var _ = sql.run("DELETE FROM group_configuration WHERE group_id = ?", next.group().value());
        var _ =
                sql.run(
                        "INSERT INTO group_configuration"
                                + " (group_id, metadata, epoch, primary_member, members, in_sync,"
                                + " minimum_size, lease_version, version, request)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        next.group().value(),
                        next.metadata().toString(),
                        next.epoch().value(),
                        next.primary().toString(),
                        Json.write(next.members()),
                        Json.write(next.inSync()),
                        next.minimumSize(),
                        next.leaseVersion(),
                        next.version(),
                        request);
    }

    private static Optional<Configuration> find(Sql sql, GroupId group) {
        return sql.first(
                "SELECT * FROM group_configuration WHERE group_id = ?",
                GroupConfigurations::configuration,
                group.value());
    }

    private static Optional<Configuration> written(Sql sql, String request) {
        return sql.first(
                "SELECT document FROM group_configuration_change WHERE request = ?",
                row -> Json.read(row.text("document"), Configuration.class),
                request);
    }

    private static Configuration configuration(Row row) {
        return new Configuration(
                new GroupId(row.text("group_id")),
                UUID.fromString(row.text("metadata")),
                new Epoch(row.number("epoch")),
                new Incarnation(UUID.fromString(row.text("primary_member"))),
                List.of(Json.read(row.text("members"), Member[].class)),
                new TreeSet<>(Arrays.asList(Json.read(row.text("in_sync"), Incarnation[].class))),
                row.count("minimum_size"),
                row.number("lease_version"),
                row.number("version"));
    }
}
