package io.xwasm.controlplane.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.controlplane.ManualClock;
import io.xwasm.controlplane.identity.Actor;
import io.xwasm.controlplane.identity.Deed;
import io.xwasm.controlplane.metadata.SqliteDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    @TempDir Path folder;
    private SqliteDatabase database;
    private AuditLog log;

    @BeforeEach
    void three_entries() {
        var clock = new ManualClock();
        database = SqliteDatabase.open(folder.resolve("metadata.db"), clock);
        log = new AuditLog(database, clock);
        for (int i = 0; i < 3; i++) {
            var actor = new Actor("admin", "127.0.0.1", "request-" + i);
            log.enter(new Deed(actor, "users.add", "u" + i, "done", 201, null, null, "{}"));
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void an_untouched_log_verifies() {
        assertThat(log.entries(Long.MAX_VALUE, 10)).hasSize(3);
        assertThat(log.verify()).isEmpty();
    }

    @Test
    void a_changed_entry_is_found() {
        run("UPDATE audit_entry SET actor = 'somebody else' WHERE id = 2");
        assertThat(log.verify()).hasValue("audit entry 2 is not as it was written");
    }

    @Test
    void an_entry_that_was_taken_out_is_found() {
        run("DELETE FROM audit_entry WHERE id = 2");
        assertThat(log.verify()).hasValue("audit entry 2 is missing");
    }

    @Test
    void an_entry_that_was_sealed_anew_breaks_the_chain_after_it() {
        run("UPDATE audit_entry SET hash = '" + "ab".repeat(32) + "' WHERE id = 2");
        assertThat(log.verify()).hasValue("audit entry 2 is not as it was written");
    }

    private void run(String statement) {
        database.change(sql -> {
            var _ = sql.run(statement);
        });
    }
}
