package io.xwasm.deploy.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.WireWriter;
import io.xwasm.controlplane.api.AuditEntry;
import io.xwasm.controlplane.api.ControlPlaneClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The audit log as anybody can check it who reads it through the API. */
final class AuditChain {
    private AuditChain() {}

    /** All entries, the newest first. */
    static List<AuditEntry> read(ControlPlaneClient client) {
        var entries = new ArrayList<AuditEntry>();
        @Nullable String cursor = null;
        do {
            var page = client.audit(cursor, 100);
            entries.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return entries;
    }

    /** Each entry holds the hash of the one before it, and its own is that of what it says. */
    static void requireWhole(List<AuditEntry> newestFirst) {
        var previous = Hash.ZERO;
        long id = 1;
        for (var entry : newestFirst.reversed()) {
            assertThat(entry.id()).isEqualTo(id++);
            assertThat(entry.previousHash()).as("before %s", entry).isEqualTo(previous);
            assertThat(hash(entry)).as("hash of %s", entry).isEqualTo(entry.hash());
            previous = entry.hash();
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
}
