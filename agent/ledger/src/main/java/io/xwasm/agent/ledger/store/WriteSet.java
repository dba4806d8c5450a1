package io.xwasm.agent.ledger.store;

import io.xwasm.agent.ledger.state.Change;
import io.xwasm.agent.protocol.WireWriter;
import java.util.List;

/**
 * The keys that a block changed and their new values, kept to find the first difference between
 * members (rule 27).
 */
final class WriteSet {
    private WriteSet() {}

    static byte[] toBytes(List<Change> changes) {
        var out = new WireWriter(64 * changes.size() + 4).i32(changes.size());
        for (Change change : changes) {
            out.blob(change.key().bytes()).bool(change.after() != null);
            if (change.after() != null) {
                out.blob(change.after());
            }
        }
        return out.toBytes();
    }
}
