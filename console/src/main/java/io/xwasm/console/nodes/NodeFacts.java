package io.xwasm.console.nodes;

import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.link;
import static io.xwasm.console.look.Markup.span;

import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Prose;
import io.xwasm.console.look.Times;
import io.xwasm.console.look.Tone;
import io.xwasm.controlplane.api.Health;
import io.xwasm.controlplane.api.NodeView;
import java.time.Instant;

/** What is known about one node. */
final class NodeFacts {
    private NodeFacts() {}

    private static String clock(long offsetMillis) {
        return offsetMillis == 0
                ? "level with the control plane's"
                : "%s %s the control plane's"
                        .formatted(
                                Figures.millis(Math.abs(offsetMillis)),
                                offsetMillis > 0 ? "ahead of" : "behind");
    }

    static Markup of(NodeView node, Instant now) {
        var selfTest = node.selfTest();
        return Panels.card(
                        Panels.head(
                                node.node().value(),
                                node.health() == Health.OK ? null : Prose.sentence(node.sentence()),
                                Markup.of(
                                        Tone.of(node.health()).pill(Tone.word(node.health())),
                                        link("lnk sm", "/nodes", "All nodes"))),
                        div(
                                "cb rh4",
                                Panels.stat(
                                        "CPU",
                                        Panels.figure(
                                                Long.toString(Math.round(100 * node.cpu())), "%"),
                                        "of all cores"),
                                Panels.stat(
                                        "Memory",
                                        Figures.bytes(node.residentBytes()),
                                        "heap " + Figures.bytes(node.heapBytes())),
                                Panels.stat(
                                        "Free disk",
                                        Figures.bytes(node.freeDiskBytes()),
                                        "where the ledgers lie"),
                                Panels.stat(
                                        "Newest fsync",
                                        Panels.figure(
                                                Figures.number(node.lastFsyncMicros() / 1000.0),
                                                "ms"),
                                        Times.ago(node.lastFsyncAt(), now))),
                        Panels.pairs(
                                "API for callers", span("mono", node.api()),
                                "Agent", span("num", node.agentVersion()),
                                "Clock", span("num", clock(node.clockOffsetMillis())),
                                "Self-test of the VM",
                                        selfTest == null
                                                ? Tone.OK.status("Passed")
                                                : Tone.BAD.status(selfTest),
                                "Last seen", Times.ago(node.lastSeenAt(), now)))
                .id("node-facts");
    }
}
