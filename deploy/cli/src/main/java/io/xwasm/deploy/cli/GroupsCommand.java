package io.xwasm.deploy.cli;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.controlplane.api.GroupView;
import io.xwasm.controlplane.api.Strategy;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code xwasm groups}. */
@Command(
        name = "groups",
        description = "Shows groups: the nodes that hold the same ledger.",
        footer = {"  xwasm groups list", "  xwasm groups show main"})
final class GroupsCommand {
    private final XwasmCommand xwasm;

    GroupsCommand(XwasmCommand xwasm) {
        this.xwasm = xwasm;
    }

    @Command(
            name = "list",
            description = "Lists groups.",
            footer = {"  xwasm groups list", "  xwasm groups list --json"})
    int list(@Mixin Paging paging) {
        var words = xwasm.wording();
        var table =
                new Table<GroupView>()
                        .text("GROUP", GroupView::group)
                        .text("HEALTH", group -> words.health(group.health()))
                        .text("PRIMARY", group -> Wording.orNone(group.primary()))
                        .number("IN SYNC", group -> group.inSync().size())
                        .number("EPOCH", GroupView::epoch)
                        .number("HEIGHT", GroupView::height)
                        .number("CALLS", group -> Wording.rate(group.callsPerSecond()))
                        .text("", GroupView::sentence);
        xwasm.screen()
                .list(
                        xwasm.client().groups(paging.cursor, paging.limit),
                        "There is no group.",
                        table);
        return ExitCode.OK;
    }

    @Command(
            name = "show",
            description = "Shows one group: primary, standbys, strategy, last failover.",
            footer = {"  xwasm groups show main", "  xwasm groups show main --json"})
    int show(@Parameters(paramLabel = "GROUP", description = "Its name.") GroupId group) {
        var view = xwasm.client().group(group);
        xwasm.screen().show(view, lines -> describe(view, lines));
        return ExitCode.OK;
    }

    private void describe(GroupView group, Lines lines) {
        lines.line(
                        "%s is %s: %s"
                                .formatted(
                                        group.group(),
                                        xwasm.wording().health(group.health()),
                                        group.sentence()))
                .field("primary", Wording.orNone(group.primary()))
                .field("address", Wording.orNone(group.primaryApi()))
                .field("epoch", group.epoch())
                .field("height", group.height())
                .field("state root", Wording.orNone(group.root()))
                .field("calls", Wording.rate(group.callsPerSecond()))
                .field("strategy", strategy(group.policy().strategy()))
                .field(
                        "objectives",
                        "RTO %s s, RPO %d calls"
                                .formatted(group.policy().rtoSeconds(), group.policy().rpoCalls()))
                .field("switchover", group.readiness().sentence());
        if (group.waiting() != null) {
            lines.line(
                    "A failover waits for a person: %s Carry it out with: xwasm failover takeover %s"
                            .formatted(group.waiting().sentence(), group.group()));
        }
        if (group.lastFailover() != null) {
            var last = group.lastFailover();
            lines.field(
                    "last " + last.kind(),
                    "%s: %s to %s, RTO %s, RPO %d calls (%s)"
                            .formatted(
                                    Wording.time(last.startedAt()),
                                    last.from(),
                                    last.to(),
                                    Wording.millis(last.rtoMillis()),
                                    last.rpoCalls(),
                                    last.reason()));
        }
        lines.table(group.members(), NodesCommand.members(false));
    }

    static String strategy(Strategy strategy) {
        return strategy.name().toLowerCase(Locale.ROOT);
    }
}
