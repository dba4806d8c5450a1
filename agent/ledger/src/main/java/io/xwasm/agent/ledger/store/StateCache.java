package io.xwasm.agent.ledger.store;

import io.xwasm.agent.ledger.state.Change;
import io.xwasm.agent.ledger.state.StateKey;
import io.xwasm.agent.ledger.state.StateReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of the state that was asked for last, in memory. What is only written does not displace
 * it, and that something is not there is not kept: the store's filters tell that quickly.
 *
 * <p>Safe to use from several threads. A value that was read from the disk is kept only if nothing
 * was written meanwhile: it could be the one from before.
 */
final class StateCache {
    /** Keys, values and what Java needs to hold them. */
    private static final long LIMIT_BYTES = 16 << 20;

    private static final long ENTRY_BYTES = 140;

    /** A larger one would displace too much. */
    private static final long VALUE_LIMIT = LIMIT_BYTES / 16;

    private final Map<StateKey, byte[]> newest = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private long writes;

    byte @Nullable [] get(StateKey key, StateReader disk) {
        long seen;
        synchronized (this) {
            var kept = newest.get(key);
            if (kept != null) {
                return kept;
            }
            seen = writes;
        }
        var value = disk.get(key);
        synchronized (this) {
            if (writes == seen && value != null) {
                keep(key, value);
            }
        }
        return value;
    }

    /** These are on the disk now. */
    synchronized void written(List<Change> changes) {
        writes++;
        for (Change change : changes) {
            if (forget(change.key()) && change.after() != null) {
                keep(change.key(), change.after());
            }
        }
    }

    /** What is on the disk is not known any more. */
    synchronized void clear() {
        writes++;
        newest.clear();
        bytes = 0;
    }

    private boolean forget(StateKey key) {
        var value = newest.remove(key);
        if (value == null) {
            return false;
        }
        bytes -= sizeOf(key, value);
        return true;
    }

    private void keep(StateKey key, byte[] value) {
        if (value.length > VALUE_LIMIT) {
            return;
        }
        forget(key);
        newest.put(key, value);
        bytes += sizeOf(key, value);
        var oldest = newest.entrySet().iterator();
        while (bytes > LIMIT_BYTES) {
            var next = oldest.next();
            bytes -= sizeOf(next.getKey(), next.getValue());
            oldest.remove();
        }
    }

    private static long sizeOf(StateKey key, byte[] value) {
        return ENTRY_BYTES + key.bytes().length + value.length;
    }
}
