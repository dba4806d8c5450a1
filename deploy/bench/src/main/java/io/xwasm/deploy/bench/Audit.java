package io.xwasm.deploy.bench;

import io.xwasm.deploy.cli.agent.AgentClient;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Asks the fleet again for everything that it acknowledged.
 *
 * @param acknowledged receipts that clients hold
 * @param lost receipts that are not there any more, or are not the same
 * @param executedTwice payments that arrived more often than they were acknowledged
 */
public record Audit(int acknowledged, long lost, long executedTwice) {
    /**
     * Sends every call once more, compares the receipt with the first, and adds up what each
     * sender's calls did.
     */
    public static Audit of(
            Ledgerbook book, Bank bank, AgentClient agents, List<URI> addresses, URI first)
            throws IOException {
        var entries = book.entries();
        long changed = 0;
        try (var door = new FrontDoor(addresses, first)) {
            for (var entry : entries) {
                if (!entry.sameAs(door.call(entry.call()))) {
                    changed++;
                }
            }
        }
        var paid = new long[bank.senders().size()];
        entries.stream()
                .filter(Ledgerbook.Acknowledged::succeeded)
                .forEach(e -> paid[e.sender()]++);
        var arrived =
                IntStream.range(0, paid.length)
                        .mapToLong(i -> bank.arrived(agents, bank.senders().get(i)))
                        .toArray();
        long missing = 0;
        long twice = 0;
        for (int i = 0; i < paid.length; i++) {
            missing += Math.max(0, paid[i] - arrived[i]);
            twice += Math.max(0, arrived[i] - paid[i]);
        }
        return new Audit(entries.size(), Math.max(changed, missing), twice);
    }
}
