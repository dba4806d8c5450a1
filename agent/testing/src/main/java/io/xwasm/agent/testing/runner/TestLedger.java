package io.xwasm.agent.testing.runner;

import io.xwasm.agent.ledger.state.BlockState;
import io.xwasm.agent.ledger.state.CallExecutor;
import io.xwasm.agent.ledger.state.Change;
import io.xwasm.agent.ledger.state.StateKey;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Genesis;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.agent.vm.BlockContext;
import io.xwasm.agent.vm.ContractVm;
import io.xwasm.agent.vm.Outcome;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A ledger of one member whose state lies in memory: one call is one block. */
final class TestLedger {
    static final GroupId GROUP = new GroupId("test");

    private final Genesis genesis;
    private final CallExecutor executor;
    private Map<StateKey, byte[]> state = new HashMap<>();
    private long height;
    private Instant now;

    /** What a call came to, and what it changed in the order of the keys. */
    record Applied(Receipt receipt, List<Change> changes) {}

    /** Everything that there was at some moment. */
    record Past(Map<StateKey, byte[]> state, long height, Instant now) {}

    TestLedger(ContractVm vm, Address fleet, Instant start) {
        this.genesis = new Genesis(GROUP, fleet, Genesis.DEFAULT_SUPPLY);
        this.executor = new CallExecutor(vm, genesis);
        this.now = start;
        var founding = overlay();
        executor.found(founding);
        keep(founding.changes());
    }

    private BlockState overlay() {
        return new BlockState(state::get);
    }

    private void keep(List<Change> changes) {
        for (var change : changes) {
            if (change.after() == null) {
                state.remove(change.key());
            } else {
                state.put(change.key(), change.after());
            }
        }
    }

    Applied apply(
            Address sender,
            Address contract,
            String method,
            byte[] arguments,
            BigInteger value,
            long gasLimit) {
        var overlay = overlay();
        // Whoever takes calls in checks signatures; what executes them does not.
        var call =
                new SignedCall(
                        GROUP,
                        sender,
                        overlay.nextNonce(sender),
                        contract,
                        method,
                        arguments,
                        value,
                        gasLimit,
                        now.plusSeconds(60).toEpochMilli(),
                        new byte[SignedCall.SIGNATURE_LENGTH]);
        height++;
        var receipt = executor.execute(call, block(), 0, overlay);
        var changes = overlay.changes();
        keep(changes);
        return new Applied(receipt, changes);
    }

    Outcome query(Address contract, String method, byte[] arguments) {
        return executor.query(contract, method, arguments, block(), overlay());
    }

    BigInteger balance(Address party) {
        return overlay().balance(party);
    }

    byte @Nullable [] storage(Address contract, byte[] key) {
        return overlay().storage(contract, key);
    }

    private BlockContext block() {
        return new BlockContext(height, now.toEpochMilli());
    }

    Instant now() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Past past() {
        return new Past(new HashMap<>(state), height, now);
    }

    void goBack(Past past) {
        state = new HashMap<>(past.state());
        height = past.height();
        now = past.now();
    }
}
