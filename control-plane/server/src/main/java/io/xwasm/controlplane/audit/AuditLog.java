package io.xwasm.controlplane.audit;

import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.WireWriter;
import io.xwasm.controlplane.api.AuditEntry;
import io.xwasm.controlplane.http.AuditTrail;
import io.xwasm.controlplane.identity.Deed;
import io.xwasm.controlplane.metadata.Database;
import io.xwasm.controlplane.metadata.Row;
import io.xwasm.controlplane.metadata.Sql;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Entries in a hash chain. */
public final class AuditLog implements AuditTrail {
    private static final int LONGEST_JSON = 16_384;
    private static final int AT_ONCE = 1_000;

    private final Database database;
    private final InstantSource clock;

    public AuditLog(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Enters a deed; it is on disk when this returns. */
    @Override
    public void enter(Deed deed) {
        var now = clock.instant();
        database.change(sql -> append(sql, deed, now));
    }

    private static void append(Sql sql, Deed deed, Instant now) {
        var last = sql.first("SELECT * FROM audit_entry ORDER BY id DESC LIMIT 1", AuditLog::entry);
        long id = last.map(AuditEntry::id).orElse(0L) + 1;
        var previous = last.map(AuditEntry::hash).orElse(Hash.ZERO);
        insert(sql, sealed(id, Instant.ofEpochMilli(now.toEpochMilli()), deed, previous));
    }

    private static AuditEntry sealed(long id, Instant at, Deed deed, Hash previous) {
        var open =
                new AuditEntry(
                        id,
                        at,
                        deed.actor().name(),
                        deed.actor().source(),
                        deed.action(),
                        deed.target(),
                        deed.outcome(),
                        deed.status(),
                        deed.operation(),
                        cut(deed.before()),
                        cut(deed.after()),
                        deed.actor().request(),
                        previous,
                        Hash.ZERO);
        return new AuditEntry(
                open.id(),
                open.at(),
                open.actor(),
                open.source(),
                open.action(),
                open.target(),
                open.outcome(),
                open.status(),
                open.operation(),
                open.before(),
                open.after(),
                open.request(),
                previous,
                hash(open));
    }

    private static @Nullable String cut(@Nullable String json) {
        return json == null || json.length() <= LONGEST_JSON
                ? json
                : json.substring(0, LONGEST_JSON) + "…";
    }

    private static void insert(Sql sql, AuditEntry entry) {
        var _ =
                sql.run(
                        "INSERT INTO audit_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        entry.id(),
                        entry.at().toEpochMilli(),
                        entry.actor(),
                        entry.source(),
                        entry.action(),
                        entry.target(),
                        entry.outcome(),
                        entry.status(),
                        entry.operation(),
                        entry.before(),
                        entry.after(),
                        entry.request(),
                        entry.previousHash().toString(),
                        entry.hash().toString());
    }

    /** Newest first, below an id. */
    List<AuditEntry> entries(long below, int limit) {
        return database.read(sql ->
                sql.list(
                        "SELECT * FROM audit_entry WHERE id < ? ORDER BY id DESC LIMIT ?",
                        AuditLog::entry,
                        below,
                        limit));
    }

    /**
     * Recomputes the chain.
     *
     * @return a sentence about the first entry that is not as it was written; empty when all are
     */
    public Optional<String> verify() {
        var previous = Hash.ZERO;
        long expected = 1;
        while (true) {
            long from = expected;
            var entries =
                    database.read(sql ->
                            sql.list(
                                    "SELECT * FROM audit_entry WHERE id >= ? ORDER BY id"
                                            + " LIMIT ?",
                                    AuditLog::entry,
                                    from,
                                    AT_ONCE));
            if (entries.isEmpty()) {
                return Optional.empty();
            }
            for (var entry : entries) {
                if (entry.id() != expected) {
                    return Optional.of("audit entry %d is missing".formatted(expected));
                }
                if (!entry.previousHash().equals(previous) || !hash(entry).equals(entry.hash())) {
                    return Optional.of(
                            "audit entry %d is not as it was written".formatted(entry.id()));
                }
                previous = entry.hash();
                expected++;
            }
        }
    }

    private static Hash hash(AuditEntry entry) {
        var out =
                new WireWriter()
                        .text("xwasm audit 1")
                        .hash(entry.previousHash())
                        .i64(entry.id())
                        .i64(entry.at().toEpochMilli())
                        .text(entry.actor())
                        .text(entry.source())
                        .text(entry.action())
                        .text(entry.target())
                        .text(entry.outcome())
                        .i32(entry.status());
        optional(out, entry.operation());
        optional(out, entry.before());
        optional(out, entry.after());
        return Hash.sha256(out.text(entry.request()).toBytes());
    }

    private static void optional(WireWriter out, @Nullable String text) {
        var _ = out.bool(text != null).text(Objects.requireNonNullElse(text, ""));
    }

    private static AuditEntry entry(Row row) {
        return new AuditEntry(
                row.number("id"),
                row.time("at"),
                row.text("actor"),
                row.text("source"),
                row.text("action"),
                row.text("target"),
                row.text("outcome"),
                row.count("status"),
                row.textOrNull("operation"),
                row.textOrNull("before_json"),
                row.textOrNull("after_json"),
                row.text("request"),
                Hash.parse(row.text("previous_hash")),
                Hash.parse(row.text("hash")));
    }
}
