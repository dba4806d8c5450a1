package io.xwasm.agent.ledger.state;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.WireReader;
import io.xwasm.agent.protocol.WireWriter;
import io.xwasm.agent.vm.World;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state as a block's calls see and change it: an overlay above a state that stands still, with
 * savepoints.
 *
 * <p>Used by one thread.
 */
public final class BlockState implements World {
    private final StateReader base;

    /** Everything read or written so far. */
    private final Map<StateKey, Cell> cells = new HashMap<>();

    /** What cells held before each write, newest last, so that a failed call can be undone. */
    private final List<Written> journal = new ArrayList<>();

    public BlockState(StateReader base) {
        this.base = base;
    }

    /** A key's value at the block's begin and now. */
    private static final class Cell {
        final byte @Nullable [] before;
        byte @Nullable [] now;

        Cell(byte @Nullable [] before) {
            this.before = before;
            this.now = before;
        }
    }

    private record Written(Cell cell, byte @Nullable [] previous) {}

    byte @Nullable [] get(StateKey key) {
        return cell(key).now;
    }

    void put(StateKey key, byte @Nullable [] value) {
        var cell = cell(key);
        journal.add(new Written(cell, cell.now));
        cell.now = value;
    }

    private Cell cell(StateKey key) {
        var cell = cells.get(key);
        if (cell == null) {
            cell = new Cell(base.get(key));
            cells.put(key, cell);
        }
        return cell;
    }

    /**
     * What all calls together did, in the order of the keys, so that every member writes the same.
     */
    public List<Change> changes() {
        return cells.entrySet().stream()
                .filter(e -> !Arrays.equals(e.getValue().before, e.getValue().now))
                .sorted((x, y) -> Arrays.compareUnsigned(x.getKey().bytes(), y.getKey().bytes()))
                .map(e -> new Change(e.getKey(), e.getValue().before, e.getValue().now))
                .toList();
    }

    @Override
    public byte @Nullable [] storage(Address contract, byte[] key) {
        return get(StateKey.storage(contract, key));
    }

    @Override
    public void store(Address contract, byte[] key, byte @Nullable [] value) {
        put(StateKey.storage(contract, key), value);
    }

    @Override
    public @Nullable CodeHash codeOf(Address contract) {
        var bytes = get(StateKey.contract(contract));
        return bytes == null ? null : CodeHash.of(bytes);
    }

    @Override
    public byte @Nullable [] code(CodeHash hash) {
        return get(StateKey.code(hash));
    }

    @Override
    public boolean hasCode(CodeHash hash) {
        return get(StateKey.code(hash)) != null;
    }

    @Override
    public BigInteger balance(Address party) {
        var bytes = get(StateKey.balance(party));
        return bytes == null ? BigInteger.ZERO : new WireReader(bytes, "balance").u128();
    }

    @Override
    public boolean move(Address from, Address to, BigInteger amount) {
        var available = balance(from);
        if (available.compareTo(amount) < 0) {
            return false;
        }
        if (amount.signum() > 0 && !from.equals(to)) {
            setBalance(from, available.subtract(amount));
            setBalance(to, balance(to).add(amount));
        }
        return true;
    }

    void setBalance(Address party, BigInteger balance) {
        put(
                StateKey.balance(party),
                balance.signum() == 0 ? null : new WireWriter(16).u128(balance).toBytes());
    }

    /** The lowest nonce above all that the account has used. */
    public long nextNonce(Address account) {
        return nonces(account).next();
    }

    NonceWindow nonces(Address sender) {
        return NonceWindow.parse(get(StateKey.nonces(sender)));
    }

    void setNonces(Address sender, NonceWindow window) {
        put(StateKey.nonces(sender), window.toBytes());
    }

    @Override
    public int mark() {
        return journal.size();
    }

    @Override
    public void rewind(int mark) {
        for (int i = journal.size() - 1; i >= mark; i--) {
            var written = journal.remove(i);
            written.cell().now = written.previous();
        }
    }
}
