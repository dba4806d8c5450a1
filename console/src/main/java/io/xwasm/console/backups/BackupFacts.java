package io.xwasm.console.backups;

import static io.xwasm.console.look.Markup.link;
import static io.xwasm.console.look.Markup.span;

import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Times;
import io.xwasm.controlplane.api.BackupView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known about one backup. */
final class BackupFacts {
    private BackupFacts() {}

    static Markup of(BackupView backup, Instant now) {
        var failure = backup.failure();
        return Panels.card(
                        Panels.head(
                                "Backup " + backup.id(),
                                failure == null ? "of " + backup.group() : failure,
                                Markup.of(
                                        BackupsView.state(backup),
                                        link("lnk sm", "/backups", "All backups"))),
                        Panels.pairs(
                                "Group",
                                link("lnk", "/failover/" + backup.group(), backup.group()),
                                "Block",
                                span("", Figures.count(backup.height())),
                                "Block hash",
                                hash(backup.block()),
                                "State root",
                                hash(backup.root()),
                                "Stored",
                                span(
                                        "",
                                        Figures.bytes(backup.bytes()) + " in " + backup.location()),
                                "Taken",
                                Times.ago(backup.createdAt(), now),
                                "Verified",
                                Times.ago(backup.verifiedAt(), now),
                                "Key",
                                span("", backup.keyId())))
                .id("backup-facts");
    }

    private static Markup hash(@Nullable Object hash) {
        return hash == null ? span("t3", "–") : Panels.hash(hash.toString());
    }
}
