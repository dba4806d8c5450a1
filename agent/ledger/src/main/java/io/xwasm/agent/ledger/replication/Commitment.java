package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.protocol.Incarnation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts who has which block on disk: a block is committed when every member that counts has it,
 * the primary included (rule 7).
 *
 * <p>Actions that wait for a height run in order, on the thread that completed it.
 */
final class Commitment {
    private final LongConsumer announce;
    private final Map<Incarnation, Long> acknowledged = new HashMap<>();
    private final TreeMap<Long, List<Runnable>> waiting = new TreeMap<>();
    private final TreeMap<Long, SharedView> views = new TreeMap<>();
    private Set<Incarnation> counting = Set.of();
    private long durable = -1;

    /**
     * Read without the monitor, by threads that hold locks which this class takes when it
     * announces.
     */
    private volatile long committed = -1;

    private @Nullable SharedView newest;

    /**
     * @param announce told each new committed height, so that the members learn it at once
     */
    Commitment(LongConsumer announce) {
        this.announce = announce;
    }

    /** Who must have a block besides the primary itself. */
    void count(Set<Incarnation> members) {
        List<Runnable> due;
        synchronized (this) {
            counting = new HashSet<>(members);
            due = advance();
        }
        due.forEach(Runnable::run);
    }

    void acknowledged(Incarnation member, long height) {
        List<Runnable> due;
        synchronized (this) {
            acknowledged.merge(member, height, Math::max);
            due = advance();
        }
        due.forEach(Runnable::run);
    }

    /** The primary itself has everything up to this block on disk; the view is of that block. */
    void durable(long height, SharedView view) {
        List<Runnable> due;
        synchronized (this) {
            durable = height;
            views.put(height, view);
            due = advance();
        }
        due.forEach(Runnable::run);
    }

    /** Runs an action once this block is committed, at once when it is. */
    void whenCommitted(long height, Runnable action) {
        synchronized (this) {
            if (height > committed) {
                waiting.computeIfAbsent(height, _ -> new ArrayList<>()).add(action);
                return;
            }
        }
        action.run();
    }

    private List<Runnable> advance() {
        long reached = durable;
        for (Incarnation member : counting) {
            reached = Math.min(reached, acknowledged.getOrDefault(member, -1L));
        }
        if (reached <= committed) {
            return List.of();
        }
        committed = reached;
        announce.accept(reached);
        showNewest(reached);
        var due = waiting.headMap(reached, true);
        var actions = due.values().stream().flatMap(List::stream).toList();
        due.clear();
        return actions;
    }

    private void showNewest(long height) {
        var reached = views.headMap(height, true);
        while (!reached.isEmpty()) {
            var view = reached.pollFirstEntry().getValue();
            if (newest != null) {
                newest.release();
            }
            newest = view;
        }
    }

    long committed() {
        return committed;
    }

    /** The newest committed state, held for the caller, who releases it. */
    synchronized SharedView view() {
        if (newest == null || !newest.hold()) {
            throw new NotCommitted("this member takes over and has not committed what it holds");
        }
        return newest;
    }

    synchronized void close() {
        if (newest != null) {
            newest.release();
            newest = null;
        }
        views.values().forEach(SharedView::release);
        views.clear();
        waiting.clear();
    }
}
