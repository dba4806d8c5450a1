package io.xwasm.agent.ledger.store;

import io.xwasm.agent.ledger.state.Change;
import io.xwasm.agent.ledger.state.StateKey;
import io.xwasm.agent.ledger.state.StateReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of the state that was read or written last, in memory, absences included.
 *
 * <p>Safe to use from several threads. A value that was read from the disk is kept only if nothing
 * was written meanwhile: it could be the one from before.
 */
final class StateCache {
    /** Keys, values and what Java needs to hold them. */
    private static final long LIMIT_BYTES = 16 << 20;

    private static final long ENTRY_BYTES = 160;

    /** A larger one would displace too much. */
    private static final long VALUE_LIMIT = LIMIT_BYTES / 16;

    private final Map<StateKey, Kept> newest = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private long writes;

    private record Kept(byte @Nullable [] value) {}

    byte @Nullable [] get(StateKey key, StateReader disk) {
        long seen;
        synchronized (this) {
            var kept = newest.get(key);
            if (kept != null) {
                return kept.value();
            }
            seen = writes;
        }
        var value = disk.get(key);
        synchronized (this) {
            if (writes == seen) {
                keep(key, value);
            }
        }
        return value;
    }

    /** These are on the disk now. */
    synchronized void written(List<Change> changes) {
        writes++;
        changes.forEach(change -> keep(change.key(), change.after()));
    }

    /** What is on the disk is not known any more. */
    synchronized void clear() {
        writes++;
        newest.clear();
        bytes = 0;
    }

    private void keep(StateKey key, byte @Nullable [] value) {
        bytes -= sizeOf(key, newest.remove(key));
        if (value != null && value.length > VALUE_LIMIT) {
            return;
        }
        var kept = new Kept(value);
        newest.put(key, kept);
        bytes += sizeOf(key, kept);
        var oldest = newest.entrySet().iterator();
        while (bytes > LIMIT_BYTES) {
            var next = oldest.next();
            bytes -= sizeOf(next.getKey(), next.getValue());
            oldest.remove();
        }
    }

    private static long sizeOf(StateKey key, @Nullable Kept kept) {
        if (kept == null) {
            return 0;
        }
        return ENTRY_BYTES + key.bytes().length + (kept.value() == null ? 0 : kept.value().length);
    }
}
