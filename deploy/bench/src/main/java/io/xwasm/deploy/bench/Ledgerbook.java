package io.xwasm.deploy.bench;

import io.xwasm.agent.protocol.Json;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Everything that clients were told: which call, which receipt, when. */
public final class Ledgerbook {
    private final ConcurrentLinkedQueue<Acknowledged> entries = new ConcurrentLinkedQueue<>();

    /**
     * One acknowledgement.
     *
     * @param sender index of the account
     * @param call the bytes that were sent
     * @param receipt JSON as it came
     * @param atNanos when it came
     * @param tookNanos since the call was first sent
     */
    public record Acknowledged(
            int sender, byte[] call, byte[] receipt, long atNanos, long tookNanos) {
        /** Whether this is the same receipt. */
        public boolean sameAs(byte[] again) {
            return Json.MAPPER.readTree(receipt).equals(Json.MAPPER.readTree(again));
        }

        public boolean succeeded() {
            return Json.MAPPER.readTree(receipt).get("failure").isNull();
        }
    }

    void add(Acknowledged entry) {
        entries.add(entry);
    }

    public int size() {
        return entries.size();
    }

    public List<Acknowledged> entries() {
        return List.copyOf(entries);
    }
}
