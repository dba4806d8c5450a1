package io.xwasm.deploy.cli;

import io.xwasm.controlplane.api.FleetStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code xwasm status}. */
@Command(
        name = "status",
        description = "Shows the whole fleet in one look, the worst first.",
        footer = {"  xwasm status", "  xwasm status --json"})
final class StatusCommand implements Callable<Integer> {
    private final XwasmCommand xwasm;

    StatusCommand(XwasmCommand xwasm) {
        this.xwasm = xwasm;
    }

    @Override
    public Integer call() {
        var status = xwasm.client().status();
        xwasm.screen().show(status, lines -> describe(status, lines));
        return ExitCode.OK;
    }

    private void describe(FleetStatus status, Lines lines) {
        lines.line("%s: %s".formatted(xwasm.wording().health(status.health()), status.sentence()));
        for (var problem : status.problems()) {
            lines.line(
                    "  %s: %s"
                            .formatted(
                                    xwasm.wording().health(problem.severity()),
                                    problem.sentence()));
        }
        lines.field("nodes", "%d of %d up".formatted(status.nodesUp(), status.nodes()))
                .field("groups", status.groups())
                .field("contracts", status.contracts())
                .field(
                        "calls",
                        "%d since %s"
                                .formatted(
                                        status.callsTotal(), Wording.time(status.countedSince())))
                .field("alerts firing", status.firingAlerts())
                .field("operations", "%d running".formatted(status.runningOperations()))
                .field(
                        "control plane",
                        "%s, %d member(s)"
                                .formatted(
                                        status.controlPlaneVersion(),
                                        status.controlPlaneMembers()));
    }
}
