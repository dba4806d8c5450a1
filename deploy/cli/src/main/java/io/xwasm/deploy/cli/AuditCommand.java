package io.xwasm.deploy.cli;

import io.xwasm.controlplane.api.AuditEntry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code xwasm audit}. */
@Command(
        name = "audit",
        description = "Lists who changed what, the newest first.",
        footer = {"  xwasm audit", "  xwasm audit --limit 1000 --json"})
final class AuditCommand implements Callable<Integer> {
    private final XwasmCommand xwasm;

    @Mixin private final Paging paging = new Paging();

    AuditCommand(XwasmCommand xwasm) {
        this.xwasm = xwasm;
    }

    @Override
    public Integer call() {
        var table =
                new Table<AuditEntry>()
                        .number("ID", AuditEntry::id)
                        .text("AT", entry -> Wording.time(entry.at()))
                        .text("WHO", AuditEntry::actor)
                        .text("ACTION", AuditEntry::action)
                        .text("TARGET", AuditEntry::target)
                        .text("OUTCOME", AuditEntry::outcome)
                        .text("OPERATION", entry -> Wording.orNone(entry.operation()))
                        .text("FROM", AuditEntry::source);
        xwasm.screen()
                .list(
                        xwasm.client().audit(paging.cursor, paging.limit),
                        "Nothing was changed yet.",
                        table);
        return ExitCode.OK;
    }
}
