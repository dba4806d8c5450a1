package io.xwasm.deploy.cli;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.api.FailoverPolicy;
import io.xwasm.controlplane.api.Strategy;
import io.xwasm.controlplane.api.Switchover;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code xwasm failover}. */
@Command(
        name = "failover",
        description = "Moves the primary's role, and says who decides when it must move.",
        footer = {
            "  xwasm failover switchover main --wait",
            "  xwasm failover policy main --strategy manual",
            "  xwasm failover takeover main --wait"
        })
final class FailoverCommand {
    private final XwasmCommand xwasm;

    FailoverCommand(XwasmCommand xwasm) {
        this.xwasm = xwasm;
    }

    @Command(
            name = "switchover",
            description = "Moves the primary's role to a standby without losing a call.",
            footer = {
                "  xwasm failover switchover main --wait",
                "  xwasm failover switchover main --to node-2"
            })
    int switchover(
            @Parameters(paramLabel = "GROUP", description = "Its name.") GroupId group,
            @Option(
                            names = "--to",
                            paramLabel = "NODE",
                            description = "Who takes over; else the best standby.")
                    @Nullable NodeId to,
            @Mixin Waiting waiting) {
        return xwasm.operations()
                .started(xwasm.client().switchover(group, new Switchover(to)), waiting.wait);
    }

    @Command(
            name = "takeover",
            description = "Carries out the failover that waits for a person.",
            footer = {"  xwasm failover takeover main --wait"})
    int takeover(
            @Parameters(paramLabel = "GROUP", description = "Its name.") GroupId group,
            @Mixin Waiting waiting) {
        return xwasm.operations().started(xwasm.client().failover(group), waiting.wait);
    }

    @Command(
            name = "policy",
            description = "Shows or sets who decides on a failover, and what is aimed at.",
            footer = {
                "  xwasm failover policy main",
                "  xwasm failover policy main --strategy manual --rto 30 --rpo 0"
            })
    int policy(
            @Parameters(paramLabel = "GROUP", description = "Its name.") GroupId group,
            @Option(
                            names = "--strategy",
                            paramLabel = "automatic|manual",
                            description = "Who decides.")
                    @Nullable Strategy strategy,
            @Option(
                            names = "--rto",
                            paramLabel = "SECONDS",
                            description = "Objective: time to serve again.")
                    @Nullable Double rto,
            @Option(
                            names = "--rpo",
                            paramLabel = "CALLS",
                            description = "Objective: acknowledged calls lost.")
                    @Nullable Long rpo) {
        var client = xwasm.client();
        var policy = client.group(group).policy();
        if (strategy != null || rto != null || rpo != null) {
            var wanted =
                    new FailoverPolicy(
                            strategy == null ? policy.strategy() : strategy,
                            rto == null ? policy.rtoSeconds() : rto,
                            rpo == null ? policy.rpoCalls() : rpo,
                            policy.version());
            policy = client.setPolicy(group, wanted, policy.version());
        }
        show(policy);
        return ExitCode.OK;
    }

    private void show(FailoverPolicy policy) {
        xwasm.screen()
                .show(
                        policy,
                        lines ->
                                lines.field("strategy", GroupsCommand.strategy(policy.strategy()))
                                        .field("RTO", policy.rtoSeconds() + " s")
                                        .field("RPO", policy.rpoCalls() + " calls"));
    }
}
