package io.xwasm.agent.vm;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A world that lies in memory, with an undo log for its savepoints. Small, but real. */
public final class InMemoryWorld implements World {
    private record Place(Address contract, ByteBuffer key) {}

    private final Map<Place, byte[]> storage = new HashMap<>();
    private final Map<Address, CodeHash> contracts = new HashMap<>();
    private final Map<CodeHash, byte[]> codes = new HashMap<>();
    private final Map<Address, BigInteger> balances = new HashMap<>();
    private final List<Runnable> undo = new ArrayList<>();

    @Override
    public byte @Nullable [] storage(Address contract, byte[] key) {
        return storage.get(new Place(contract, ByteBuffer.wrap(key)));
    }

    @Override
    public void store(Address contract, byte[] key, byte @Nullable [] value) {
        var place = new Place(contract, ByteBuffer.wrap(key));
        var before = value == null ? storage.remove(place) : storage.put(place, value);
        undo.add(() -> {
            if (before == null) {
                storage.remove(place);
            } else {
                storage.put(place, before);
            }
        });
    }

    @Override
    public @Nullable CodeHash codeOf(Address contract) {
        return contracts.get(contract);
    }

    @Override
    public byte @Nullable [] code(CodeHash hash) {
        return codes.get(hash);
    }

    @Override
    public BigInteger balance(Address party) {
        return balances.getOrDefault(party, BigInteger.ZERO);
    }

    @Override
    public boolean move(Address from, Address to, BigInteger amount) {
        if (balance(from).compareTo(amount) < 0) {
            return false;
        }
        give(from, amount.negate());
        give(to, amount);
        undo.add(() -> {
            give(to, amount.negate());
            give(from, amount);
        });
        return true;
    }

    @Override
    public int mark() {
        return undo.size();
    }

    @Override
    public void rewind(int mark) {
        while (undo.size() > mark) {
            undo.removeLast().run();
        }
    }

    /** What was written so far can no longer be undone. */
    public void commit() {
        undo.clear();
    }

    public CodeHash upload(byte[] wasm) {
        var hash = CodeHash.ofCode(wasm);
        codes.put(hash, wasm);
        return hash;
    }

    public void place(Address contract, CodeHash code) {
        contracts.put(contract, code);
    }

    public void give(Address party, BigInteger amount) {
        balances.merge(party, amount, BigInteger::add);
    }

    /** Everything in storage, as text that can be compared. */
    public Map<String, String> snapshot() {
        var all = new TreeMap<String, String>();
        storage.forEach((place, value) ->
                all.put(
                        place.contract() + "/" + HexFormat.of().formatHex(place.key().array()),
                        HexFormat.of().formatHex(value)));
        return all;
    }
}
