package io.xwasm.deploy.cli;

import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.StepView;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code xwasm operations}. */
@Command(
        name = "operations",
        description = "Shows what takes long: deployments, upgrades, backups, failovers.",
        footer = {"  xwasm operations list --state running", "  xwasm operations show ID --follow"})
final class OperationsCommand {
    private final XwasmCommand xwasm;

    OperationsCommand(XwasmCommand xwasm) {
        this.xwasm = xwasm;
    }

    @Command(
            name = "list",
            description = "Lists operations, the newest first.",
            footer = {"  xwasm operations list", "  xwasm operations list --state failed"})
    int list(
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "running, succeeded or failed; else all.")
                    @Nullable String state,
            @Mixin Paging paging) {
        var words = xwasm.wording();
        var table =
                new Table<OperationView>()
                        .text("OPERATION", OperationView::id)
                        .text("KIND", OperationView::kind)
                        .text("SUBJECT", OperationView::subject)
                        .text("STATE", operation -> words.state(operation.state()))
                        .text("BY", OperationView::by)
                        .text("STARTED", operation -> Wording.time(operation.startedAt()))
                        .number(
                                "TOOK",
                                operation ->
                                        Wording.took(operation.startedAt(), operation.endedAt()))
                        .text("", OperationView::sentence);
        xwasm.screen()
                .list(
                        xwasm.client().operations(state, paging.cursor, paging.limit),
                        "There is no operation.",
                        table);
        return ExitCode.OK;
    }

    @Command(
            name = "show",
            description = "Shows one operation and its steps.",
            footer = {"  xwasm operations show ID", "  xwasm operations show ID --follow"})
    int show(
            @Parameters(paramLabel = "ID", description = "Its id.") String id,
            @Option(names = "--follow", description = "Stay until it has ended; ends as it does.")
                    boolean follow) {
        var operation = xwasm.client().operation(id);
        if (follow) {
            return xwasm.operations().followed(operation);
        }
        xwasm.screen().show(operation, lines -> describe(operation, lines));
        return ExitCode.OK;
    }

    private void describe(OperationView operation, Lines lines) {
        lines.line(
                        "%s of %s %s: %s"
                                .formatted(
                                        operation.kind(),
                                        operation.subject(),
                                        xwasm.wording().state(operation.state()),
                                        operation.sentence()))
                .field("started", Wording.time(operation.startedAt()))
                .field("took", Wording.took(operation.startedAt(), operation.endedAt()))
                .field("by", operation.by());
        if (operation.failure() != null) {
            lines.field("failure", operation.failure());
        }
        operation.result().forEach((name, value) -> lines.field(name, ReceiptText.words(value)));
        lines.table(
                operation.steps(),
                new Table<StepView>()
                        .text("STEP", StepView::name)
                        .text("STATE", step -> step.state().name().toLowerCase(Locale.ROOT))
                        .number("ATTEMPTS", StepView::attempts)
                        .number("TOOK", step -> Wording.took(step.startedAt(), step.endedAt()))
                        .text("", step -> step.sentence() == null ? "" : step.sentence()));
    }
}
