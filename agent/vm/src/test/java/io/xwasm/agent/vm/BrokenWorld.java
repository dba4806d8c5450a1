package io.xwasm.agent.vm;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** A world whose storage cannot be read. */
record BrokenWorld(World whole, RuntimeException because) implements World {
    @Override
    public byte @Nullable [] storage(Address contract, byte[] key) {
        throw because;
    }

    @Override
    public void store(Address contract, byte[] key, byte @Nullable [] value) {
        throw because;
    }

    @Override
    public @Nullable CodeHash codeOf(Address contract) {
        return whole.codeOf(contract);
    }

    @Override
    public byte @Nullable [] code(CodeHash hash) {
        return whole.code(hash);
    }

    @Override
    public BigInteger balance(Address party) {
        return whole.balance(party);
    }

    @Override
    public boolean move(Address from, Address to, BigInteger amount) {
        return whole.move(from, to, amount);
    }

    @Override
    public int mark() {
        return whole.mark();
    }

    @Override
    public void rewind(int mark) {
        whole.rewind(mark);
    }
}
