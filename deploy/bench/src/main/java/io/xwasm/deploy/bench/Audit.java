package io.xwasm.deploy.bench;

import io.xwasm.deploy.cli.agent.AgentClient;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Asks the fleet again for everything that it acknowledged.
 *
 * @param acknowledged receipts that clients hold
 * @param lost receipts that are not there any more, or are not the same
 * @param executedTwice payments that arrived more often than they were acknowledged
 */
public record Audit(int acknowledged, long lost, long executedTwice) {
    private static final int ASKERS = 32;

    /**
     * Sends every call once more, compares the receipt with the first, and adds up what each
     * sender's calls did.
     */
    public static Audit of(
            Ledgerbook book, Bank bank, AgentClient agents, List<URI> addresses, URI first)
            throws IOException {
        var entries = book.entries();
        long changed = changed(entries, addresses, first);
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

    /** How many receipts are not the same when they are asked for again. */
    private static long changed(
            List<Ledgerbook.Acknowledged> entries, List<URI> addresses, URI first)
            throws IOException {
        var doors = ThreadLocal.withInitial(() -> new FrontDoor(addresses, first));
        var changed = new AtomicLong();
        try (var askers = Executors.newFixedThreadPool(ASKERS)) {
            var asked = new ArrayList<Future<?>>();
            for (var entry : entries) {
                asked.add(
                        askers.submit(() -> {
                            if (!entry.sameAs(doors.get().call(entry.call()))) {
                                changed.incrementAndGet();
                            }
                            return null;
                        }));
            }
            for (var one : asked) {
                one.get();
            }
            return changed.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking again", e);
        } catch (ExecutionException e) {
            throw new IOException("asking again for a receipt", e.getCause());
        }
    }
}
