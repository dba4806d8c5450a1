package io.xwasm.controlplane.backups;

import io.xwasm.agent.protocol.Ask;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.agent.protocol.Reply;
import io.xwasm.controlplane.fleet.AgentLinks;
import io.xwasm.controlplane.fleet.AgentUnreachable;
import io.xwasm.controlplane.fleet.Fleet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Counts the acknowledged calls that a restore takes away. */
final class LostCalls {
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final Fleet fleet;
    private final AgentLinks links;

    LostCalls(Fleet fleet, AgentLinks links) {
        this.fleet = fleet;
        this.links = links;
    }

    /**
     * What a member has committed above a height.
     *
     * @param by who counted: the primary if it answers
     * @param above the height that a restore goes back to
     * @param height newest committed block, as this member knows
     */
    record Count(NodeId by, long calls, long above, long height) {
        /**
         * Whether the ledger ends before the backup does: it was restored to something older
         * meanwhile, and its calls since then are others than the backup's.
         */
        boolean leftItsHistory() {
            return height < above;
        }

        /** −1 when this cannot be known. */
        long lost() {
            return leftItsHistory() ? -1 : calls;
        }

        /** As in "3 calls in 1 block after block 12". */
        String words() {
            return "%s in %s after block %d"
                    .formatted(number(calls, "call"), number(height - above, "block"), above);
        }
    }

    /** A count with its noun. */
    static String number(long count, String noun) {
        return "%,d %s%s".formatted(count, noun, count == 1 ? "" : "s");
    }

    /** Empty when no member answers. */
    Optional<Count> above(Configuration row, long height) throws InterruptedException {
        for (var node : inOrder(row)) {
            try {
                var ask = new Ask.CountCalls(row.group(), height);
                if (links.ask(node, ask, ANSWER) instanceof Reply.CallsCounted(var calls, var to)) {
                    return Optional.of(new Count(node, calls, height, to));
                }
            } catch (AgentUnreachable _) {
                // The next one may well know.
            }
        }
        return Optional.empty();
    }

    /** The primary knows best, then those that must have everything acknowledged. */
    private List<NodeId> inOrder(Configuration row) {
        return Stream.of(
                        Stream.of(row.primaryMember()),
                        row.inSyncStandbys().stream(),
                        row.members().stream())
                .flatMap(members -> members)
                .map(Member::node)
                .distinct()
                .filter(fleet::up)
                .toList();
    }
}
