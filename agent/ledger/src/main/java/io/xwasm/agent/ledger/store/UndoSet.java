package io.xwasm.agent.ledger.store;

import io.xwasm.agent.ledger.state.Change;
import io.xwasm.agent.ledger.state.StateKey;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.WireReader;
import io.xwasm.agent.protocol.WireWriter;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What takes a block back (rule 10).
 *
 * @param back changes whose {@code after} is what was there before the block
 * @param calls whose receipts go
 * @param sumBefore the state root's sum before the block
 */
record UndoSet(List<Change> back, List<Hash> calls, byte[] sumBefore) {
    static UndoSet of(Executed executed) {
        return new UndoSet(
                executed.changes().stream()
                        .map(c -> new Change(c.key(), null, c.before()))
                        .toList(),
                executed.receipts().stream().map(Receipt::call).toList(),
                executed.sumBefore());
    }

    byte[] toBytes() {
        var out = new WireWriter(sumBefore.length + 128 * back.size()).blob(sumBefore);
        out.i32(back.size());
        for (Change change : back) {
            out.blob(change.key().bytes()).bool(change.after() != null);
            if (change.after() != null) {
                out.blob(change.after());
            }
        }
        out.i32(calls.size());
        calls.forEach(out::hash);
        return out.toBytes();
    }

    static UndoSet parse(byte[] bytes) {
        var in = new WireReader(bytes, "undo set");
        var sum = in.blob();
        var back =
                IntStream.range(0, in.count(5))
                        .mapToObj(_ ->
                                new Change(
                                        StateKey.of(in.blob()), null, in.bool() ? in.blob() : null))
                        .toList();
        var calls = IntStream.range(0, in.count(32)).mapToObj(_ -> in.hash()).toList();
        in.end();
        return new UndoSet(back, calls, sum);
    }
}
