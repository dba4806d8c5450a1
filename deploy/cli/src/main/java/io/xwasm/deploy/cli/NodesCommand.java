package io.xwasm.deploy.cli;

import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.api.MemberView;
import io.xwasm.controlplane.api.NodeView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code xwasm nodes}. */
@Command(
        name = "nodes",
        description = "Shows nodes.",
        footer = {"  xwasm nodes list", "  xwasm nodes show node-1"})
final class NodesCommand {
    private final XwasmCommand xwasm;

    NodesCommand(XwasmCommand xwasm) {
        this.xwasm = xwasm;
    }

    @Command(
            name = "list",
            description = "Lists nodes.",
            footer = {"  xwasm nodes list", "  xwasm nodes list --json"})
    int list(@Mixin Paging paging) {
        var words = xwasm.wording();
        var table =
                new Table<NodeView>()
                        .text("NODE", NodeView::node)
                        .text("HEALTH", node -> words.health(node.health()))
                        .text("LAST SEEN", node -> Wording.time(node.lastSeenAt()))
                        .number("CPU", node -> Wording.percent(node.cpu()))
                        .number("FREE DISK", node -> Wording.bytes(node.freeDiskBytes()))
                        .text("ADDRESS", NodeView::api)
                        .text("", NodeView::sentence);
        xwasm.screen()
                .list(
                        xwasm.client().nodes(paging.cursor, paging.limit),
                        "No node has ever reported.",
                        table);
        return ExitCode.OK;
    }

    @Command(
            name = "show",
            description = "Shows one node.",
            footer = {"  xwasm nodes show node-1"})
    int show(@Parameters(paramLabel = "NODE", description = "Its id.") NodeId node) {
        var view = xwasm.client().node(node);
        xwasm.screen().show(view, lines -> describe(view, lines));
        return ExitCode.OK;
    }

    private void describe(NodeView node, Lines lines) {
        lines.line(
                        "%s is %s: %s"
                                .formatted(
                                        node.node(),
                                        xwasm.wording().health(node.health()),
                                        node.sentence()))
                .field("connected", node.connected() ? "yes" : "no")
                .field("last seen", Wording.time(node.lastSeenAt()))
                .field("started", Wording.time(node.startedAt()))
                .field("address", node.api())
                .field("version", node.agentVersion())
                .field("cpu", Wording.percent(node.cpu()))
                .field(
                        "memory",
                        "%s, of it heap %s"
                                .formatted(
                                        Wording.bytes(node.residentBytes()),
                                        Wording.bytes(node.heapBytes())))
                .field("free disk", Wording.bytes(node.freeDiskBytes()))
                .field("last fsync", "%d µs".formatted(node.lastFsyncMicros()))
                .field("clock offset", "%d ms".formatted(node.clockOffsetMillis()))
                .field("self-test", node.selfTest() == null ? "passed" : node.selfTest())
                .table(node.memberships(), members(true));
    }

    static Table<MemberView> members(boolean ofOneNode) {
        var table = new Table<MemberView>();
        if (ofOneNode) {
            table.text("GROUP", MemberView::group);
        } else {
            table.text("NODE", MemberView::node);
        }
        return table.text("ROLE", MemberView::role)
                .text("IN SYNC", member -> member.inSync() ? "yes" : "no")
                .text("SERVING", member -> member.serving() ? "yes" : "no")
                .number("EPOCH", MemberView::epoch)
                .number("HEIGHT", MemberView::height)
                .number("LAG", member -> Wording.millis(member.lagMillis()))
                .text("", member -> member.sentence() == null ? "" : member.sentence());
    }
}
