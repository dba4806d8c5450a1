package io.xwasm.controlplane.backups;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.agent.protocol.Reply;
import io.xwasm.controlplane.api.BackupView;
import io.xwasm.controlplane.keys.Sealer;
import io.xwasm.controlplane.metadata.Database;
import io.xwasm.controlplane.metadata.Row;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which backups there are, with their sealed data keys. */
public final class BackupCatalogue {
    private final Database database;
    private final Sealer sealer;
    private final Path location;
    private final InstantSource clock;

    public BackupCatalogue(Database database, Sealer sealer, Path location, InstantSource clock) {
        this.database = database;
        this.sealer = sealer;
        this.location = location.toAbsolutePath().normalize();
        this.clock = clock;
    }

    /** A running backup under this id with a fresh data key; nothing when it is there already. */
    void begin(String id, GroupId group, String by) {
        var key = sealer.seal(sealer.newDataKey(), purpose(id));
        database.change(sql -> {
            var _ =
                    sql.run(
                            "INSERT INTO backup (id, group_id, state, height, records,"
                                    + " bytes, created_at, created_by, millis, location,"
                                    + " key_id, sealed_key, branch)"
                                    + " VALUES (?, ?, 'running', 0, 0, 0, ?, ?, 0, ?, ?, ?,"
                                    + " (SELECT COALESCE(MAX(seq), 0) FROM ledger_branch"
                                    + " WHERE group_id = ?)) ON CONFLICT (id) DO NOTHING",
                            id,
                            group.value(),
                            clock.millis(),
                            by,
                            location.toString(),
                            sealer.keyId(),
                            key,
                            group.value());
        });
    }

    void taken(String id, NodeId by, Reply.BackedUp reply) {
        database.change(sql -> {
            var _ =
                    sql.run(
                            "UPDATE backup SET state = 'unverified', height = ?, block = ?,"
                                    + " root = ?, records = ?, bytes = ?, taken_by = ?,"
                                    + " millis = ?, manifest_hash = ?, failure = NULL"
                                    + " WHERE id = ?",
                            reply.height(),
                            reply.block().toString(),
                            reply.root().toString(),
                            reply.records(),
                            reply.bytes(),
                            by.value(),
                            reply.millis(),
                            reply.manifestHash().toString(),
                            id);
        });
    }

    /**
     * The backup itself is of no use: it was not completed, or it was found damaged. It counts as
     * verified no more; that it once was stays known.
     */
    void failed(String id, String why) {
        database.change(sql -> {
            var _ =
                    sql.run(
                            "UPDATE backup SET state = 'failed', failure = ? WHERE id = ?",
                            why,
                            id);
        });
    }

    void verified(String id, NodeId by) {
        database.change(sql -> {
            var _ =
                    sql.run(
                            "UPDATE backup SET state = 'verified', verified_at = ?,"
                                    + " verified_by = ?, failure = NULL WHERE id = ?",
                            clock.millis(),
                            by.value(),
                            id);
        });
    }

    /**
     * @throws Refusal when there is no such backup
     */
    BackupRecord require(String id) {
        return database.read(sql ->
                        sql.first("SELECT * FROM backup WHERE id = ?", BackupCatalogue::record, id))
                .orElseThrow(() ->
                        Refusal.of(
                                ProblemKind.UNKNOWN_BACKUP,
                                "there is no backup '%s'".formatted(id)));
    }

    List<BackupRecord> page(long below, int limit) {
        return database.read(sql ->
                sql.list(
                        "SELECT * FROM backup WHERE seq < ? ORDER BY seq DESC LIMIT ?",
                        BackupCatalogue::record,
                        below,
                        limit));
    }

    /** When the newest complete backup of a group was begun. */
    public Optional<Instant> newest(GroupId group) {
        return database.read(sql ->
                sql.first(
                        "SELECT created_at FROM backup WHERE group_id = ?"
                                + " AND state IN ('unverified', 'verified')"
                                + " ORDER BY seq DESC LIMIT 1",
                        row -> row.time("created_at"),
                        group.value()));
    }

    /** The data key as an agent takes it. */
    String dataKey(BackupRecord backup) {
        var keyset = sealer.open(backup.sealedKey(), purpose(backup.view().id()));
        return Base64.getEncoder().encodeToString(new String(keyset, UTF_8).getBytes(UTF_8));
    }

    private static String purpose(String id) {
        return "data key of backup " + id;
    }

    private static BackupRecord record(Row row) {
        return new BackupRecord(
                row.number("seq"),
                new BackupView(
                        row.text("id"),
                        new GroupId(row.text("group_id")),
                        row.text("state"),
                        row.number("height"),
                        hash(row.textOrNull("block")),
                        hash(row.textOrNull("root")),
                        row.number("records"),
                        row.number("bytes"),
                        row.time("created_at"),
                        row.text("created_by"),
                        node(row.textOrNull("taken_by")),
                        row.number("millis"),
                        row.timeOrNull("verified_at"),
                        node(row.textOrNull("verified_by")),
                        row.text("location"),
                        row.text("key_id"),
                        row.textOrNull("failure")),
                row.numberIfAny("branch").orElse(null),
                row.bytes("sealed_key"));
    }

    private static @Nullable Hash hash(@Nullable String text) {
        return text == null ? null : Hash.parse(text);
    }

    private static @Nullable NodeId node(@Nullable String text) {
        return text == null ? null : new NodeId(text);
    }
}
