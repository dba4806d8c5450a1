package io.xwasm.deploy.cli;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.controlplane.api.BackupSchedule;
import io.xwasm.controlplane.api.BackupView;
import io.xwasm.controlplane.api.ControlPlaneClient;
import io.xwasm.controlplane.api.CreateBackup;
import io.xwasm.controlplane.api.RestoreBackup;
import io.xwasm.controlplane.api.RestorePreview;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code xwasm backups}. */
@Command(
        name = "backups",
        description = "Takes, verifies and restores backups.",
        footer = {
            "  xwasm backups create main --wait",
            "  xwasm backups verify ID --wait",
            "  xwasm backups restore ID",
            "  xwasm backups schedule main --every 60"
        })
final class BackupsCommand {
    private final XwasmCommand xwasm;

    BackupsCommand(XwasmCommand xwasm) {
        this.xwasm = xwasm;
    }

    @Command(
            name = "create",
            description = "Takes a backup of a group, without stopping it.",
            footer = {"  xwasm backups create main --wait", "  xwasm backups create --wait --json"})
    int create(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "GROUP",
                            description = "Needed when there are several groups.")
                    @Nullable GroupId group,
            @Mixin Waiting waiting) {
        var client = xwasm.client();
        return xwasm.operations()
                .started(
                        client.createBackup(new CreateBackup(OnlyGroup.unless(group, client))),
                        waiting.wait);
    }

    @Command(
            name = "list",
            description = "Lists backups, the newest first.",
            footer = {"  xwasm backups list", "  xwasm backups list --json"})
    int list(@Mixin Paging paging) {
        var table =
                new Table<BackupView>()
                        .text("BACKUP", BackupView::id)
                        .text("GROUP", BackupView::group)
                        .text("STATE", BackupView::state)
                        .number("HEIGHT", BackupView::height)
                        .number("RECORDS", BackupView::records)
                        .number("STORED", backup -> Wording.bytes(backup.bytes()))
                        .text("CREATED", backup -> Wording.time(backup.createdAt()))
                        .text("BY", BackupView::createdBy);
        xwasm.screen()
                .list(
                        xwasm.client().backups(paging.cursor, paging.limit),
                        "There is no backup yet.",
                        table);
        return ExitCode.OK;
    }

    @Command(
            name = "show",
            description = "Shows one backup.",
            footer = {"  xwasm backups show ID"})
    int show(@Parameters(paramLabel = "ID", description = "Its id.") String id) {
        var view = xwasm.client().backup(id);
        xwasm.screen().show(view, lines -> describe(view, lines));
        return ExitCode.OK;
    }

    @Command(
            name = "verify",
            description = "Restores into a scratch ledger and compares the state root.",
            footer = {"  xwasm backups verify ID --wait"})
    int verify(
            @Parameters(paramLabel = "ID", description = "Its id.") String id,
            @Mixin Waiting waiting) {
        return xwasm.operations().started(xwasm.client().verifyBackup(id), waiting.wait);
    }

    @Command(
            name = "restore",
            description = {
                "Brings a group back to a backup. Calls after it are lost: how many is shown first,",
                "and the group's name is asked for."
            },
            footer = {
                "  xwasm backups restore ID --wait",
                "  xwasm backups restore ID --confirm main --wait    for scripts"
            })
    int restore(
            @Parameters(paramLabel = "ID", description = "Its id.") String id,
            @Option(
                            names = "--confirm",
                            paramLabel = "GROUP",
                            description = "The group's name, instead of being asked for it.")
                    @Nullable GroupId confirm,
            @Mixin Waiting waiting) {
        var client = xwasm.client();
        var preview = client.previewRestore(id);
        xwasm.screen().say(preview.sentence());
        xwasm.screen().say("Calls lost: " + lost(preview));
        var confirmed = confirm == null ? asked(preview) : confirm;
        if (!confirmed.equals(preview.group())) {
            throw new BadInput(
                    "nothing was restored: '%s' is not the name of the group, which is '%s'"
                            .formatted(confirmed, preview.group()));
        }
        return xwasm.operations()
                .started(client.restoreBackup(id, new RestoreBackup(confirmed)), waiting.wait);
    }

    @Command(
            name = "schedule",
            description = "Shows or sets when a group is backed up by itself.",
            footer = {
                "  xwasm backups schedule main",
                "  xwasm backups schedule main --every 60 --verify",
                "  xwasm backups schedule main --every 0        never"
            })
    int schedule(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "GROUP",
                            description = "Needed when there are several groups.")
                    @Nullable GroupId group,
            @Option(
                            names = "--every",
                            paramLabel = "MINUTES",
                            description = "Between two backups; 0 for never.")
                    @Nullable Integer every,
            @Option(
                            names = "--verify",
                            negatable = true,
                            description = "Whether each is verified at once.")
                    @Nullable Boolean verify) {
        var client = xwasm.client();
        var where = OnlyGroup.unless(group, client);
        var schedule = current(where, client);
        if (every != null || verify != null) {
            schedule = changed(schedule, every, verify, client);
        }
        var shown = schedule;
        xwasm.screen().show(shown, lines -> lines.line(words(shown)));
        return ExitCode.OK;
    }

    private static BackupSchedule changed(
            BackupSchedule schedule,
            @Nullable Integer every,
            @Nullable Boolean verify,
            ControlPlaneClient client) {
        if (every != null && every < 0) {
            throw new BadInput("--every is 0 minutes or more, was " + every);
        }
        var wanted =
                new BackupSchedule(
                        schedule.group(),
                        every == null ? schedule.everyMinutes() : every,
                        verify == null ? schedule.verify() : verify,
                        null,
                        schedule.version());
        boolean there = schedule.version() != 0;
        return client.setSchedule(
                schedule.group(), wanted, there ? (Long) schedule.version() : null);
    }

    private static BackupSchedule current(GroupId group, ControlPlaneClient client) {
        @Nullable String cursor = null;
        do {
            var page = client.schedules(cursor, 100);
            for (var schedule : page.items()) {
                if (schedule.group().equals(group)) {
                    return schedule;
                }
            }
            cursor = page.next();
        } while (cursor != null);
        return new BackupSchedule(group, 0, true, null, 0);
    }

    private static String words(BackupSchedule schedule) {
        return schedule.everyMinutes() == 0
                ? "Group %s is not backed up by itself.".formatted(schedule.group())
                : "Group %s is backed up every %d minutes%s; the next time is %s."
                        .formatted(
                                schedule.group(),
                                schedule.everyMinutes(),
                                schedule.verify() ? " and verified" : "",
                                Wording.time(schedule.nextAt()));
    }

    private GroupId asked(RestorePreview preview) {
        var terminal = xwasm.terminal();
        if (!terminal.interactive() || xwasm.screen().json()) {
            throw new BadInput(
                    "nothing was restored: %d → %d loses calls (%s); confirm with --confirm %s"
                            .formatted(
                                    preview.heightNow(),
                                    preview.heightAfter(),
                                    lost(preview),
                                    preview.group()));
        }
        terminal.out().print("Type the group's name to go on: ");
        terminal.out().flush();
        try {
            var answer = Objects.requireNonNullElse(terminal.in().readLine(), "").strip();
            return new GroupId(answer);
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput("nothing was restored: that is not the name of the group", e);
        }
    }

    private static String lost(RestorePreview preview) {
        return preview.callsLost() < 0 ? "unknown" : Long.toString(preview.callsLost());
    }

    private static void describe(BackupView backup, Lines lines) {
        lines.line(
                        "Backup %s of group %s is %s."
                                .formatted(backup.id(), backup.group(), backup.state()))
                .field("height", backup.height())
                .field("block", Wording.orNone(backup.block()))
                .field("state root", Wording.orNone(backup.root()))
                .field("records", backup.records())
                .field("stored", Wording.bytes(backup.bytes()))
                .field(
                        "created",
                        "%s by %s".formatted(Wording.time(backup.createdAt()), backup.createdBy()))
                .field("taken by", Wording.orNone(backup.takenBy()))
                .field("took", Wording.millis(backup.millis()))
                .field(
                        "verified",
                        backup.verifiedAt() == null
                                ? "never"
                                : "%s by %s"
                                        .formatted(
                                                Wording.time(backup.verifiedAt()),
                                                Wording.orNone(backup.verifiedBy())))
                .field("location", backup.location())
                .field("key", backup.keyId());
        if (backup.failure() != null) {
            lines.field("failure", backup.failure());
        }
    }
}
