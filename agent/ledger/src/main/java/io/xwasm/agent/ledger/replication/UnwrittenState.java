package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.state.Change;
import io.xwasm.agent.ledger.state.StateKey;
import io.xwasm.agent.ledger.state.StateReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * The state after blocks that are executed but not yet in the store: what the next block is
 * executed on.
 */
final class UnwrittenState implements StateReader {
    private record Layer(long height, Map<StateKey, Change> changes) {}

    private final StateReader written;

    /** Newest first. */
    private final ConcurrentLinkedDeque<Layer> layers = new ConcurrentLinkedDeque<>();

    UnwrittenState(StateReader written) {
        this.written = written;
    }

    @Override
    public byte @Nullable [] get(StateKey key) {
        for (Layer layer : layers) {
            var change = layer.changes().get(key);
            if (change != null) {
                return change.after();
            }
        }
        // A layer goes only after the store has it, so whatever was just missed above is there.
        return written.get(key);
    }

    void add(long height, List<Change> changes) {
        var map = HashMap.<StateKey, Change>newHashMap(changes.size());
        changes.forEach(change -> map.put(change.key(), change));
        layers.addFirst(new Layer(height, map));
    }

    void written(long height) {
        layers.removeIf(layer -> layer.height() <= height);
    }
}
