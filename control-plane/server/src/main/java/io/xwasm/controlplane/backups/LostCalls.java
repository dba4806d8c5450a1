package io.xwasm.controlplane.backups;

import io.xwasm.agent.protocol.Ask;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.agent.protocol.Reply;
import io.xwasm.controlplane.backups.LedgerBranches.Anchor;
import io.xwasm.controlplane.fleet.AgentLinks;
import io.xwasm.controlplane.fleet.AgentUnreachable;
import io.xwasm.controlplane.fleet.Fleet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Counts the acknowledged calls that a restore takes away: those above the last block that the
 * running chain and the backup's have in common, which is found by hash (protocol rules 8 and 23).
 */
final class LostCalls {
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final Fleet fleet;
    private final AgentLinks links;
    private final LedgerBranches branches;

    LostCalls(Fleet fleet, AgentLinks links, LedgerBranches branches) {
        this.fleet = fleet;
        this.links = links;
        this.branches = branches;
    }

    /**
     * What a member has committed that the backup does not have.
     *
     * @param by who counted: the primary if it answers
     * @param calls exactly so many, or at most so many
     * @param exact whether a block is known that both chains have; without one the number is a
     *     bound
     * @param common height of the last block that both chains have
     * @param backup height of the backup's block
     * @param height newest committed block, as this member knows
     */
    record Count(NodeId by, long calls, boolean exact, long common, long backup, long height) {
        /** Whether the ledger has other blocks than the backup's chain. */
        boolean parted() {
            return common != backup;
        }

        /** −1 when this cannot be known. */
        long lost() {
            return exact ? calls : -1;
        }

        /** As in "3 calls in 1 block after block 12". */
        String words() {
            if (!exact) {
                return "at most %s, and how many is not known".formatted(number(calls, "call"));
            }
            return "%s in %s after %s"
                    .formatted(number(calls, "call"), number(height - common, "block"), from());
        }

        /** As in "block 12". */
        String from() {
            return !parted()
                    ? "block %d".formatted(common)
                    : "block %d, where the ledger and the backup parted".formatted(common);
        }
    }

    /** A count with its noun. */
    static String number(long count, String noun) {
        return "%,d %s%s".formatted(count, noun, count == 1 ? "" : "s");
    }

    /** Empty when no member answers. */
    Optional<Count> by(Configuration row, BackupRecord backup) throws InterruptedException {
        var anchors = branches.anchors(backup);
        for (var node : inOrder(row)) {
            try {
                var count = count(row, node, backup.view().height(), anchors);
                if (count.isPresent()) {
                    return count;
                }
            } catch (AgentUnreachable _) {
                // The next one may well know.
            }
        }
        return Optional.empty();
    }

    private Optional<Count> count(Configuration row, NodeId node, long backup, List<Anchor> anchors)
            throws InterruptedException {
        for (var anchor : anchors) {
            var ask = new Ask.CountCalls(row.group(), anchor.height(), anchor.block());
            if (links.ask(node, ask, ANSWER)
                            instanceof Reply.CallsCounted(var calls, var to, boolean holds)
                    && holds) {
                return Optional.of(new Count(node, calls, true, anchor.height(), backup, to));
            }
        }
        // They have no known block in common: every call of the ledger may be one that is lost.
        var all = new Ask.CountCalls(row.group(), 0, null);
        return links.ask(node, all, ANSWER) instanceof Reply.CallsCounted(var calls, var to, _)
                ? Optional.of(new Count(node, calls, false, 0, backup, to))
                : Optional.empty();
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
