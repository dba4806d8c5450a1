package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.store.RocksView;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A view of the ledger at one committed block that several queries read; the last to leave closes
 * it.
 */
final class SharedView {
    private final RocksView view;
    private final long height;
    private final long timeMillis;

    /** One for being the newest, one for each reader. */
    private final AtomicInteger holders = new AtomicInteger(1);

    SharedView(RocksView view, long height, long timeMillis) {
        this.view = view;
        this.height = height;
        this.timeMillis = timeMillis;
    }

    /** False when it is closed already and a newer one must be taken. */
    boolean hold() {
        return holders.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
    }

    void release() {
        if (holders.decrementAndGet() == 0) {
            view.close();
        }
    }

    RocksView view() {
        return view;
    }

    long height() {
        return height;
    }

    long timeMillis() {
        return timeMillis;
    }
}
