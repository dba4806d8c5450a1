package io.xwasm.agent.vm;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a call reads and changes. The ledger implements this over the block it is building; one
 * world is used by one call at a time.
 */
public interface World {
    byte @Nullable [] storage(Address contract, byte[] key);

    /** Writes, or deletes when the value is null. The arrays belong to the world from now on. */
    void store(Address contract, byte[] key, byte @Nullable [] value);

    @Nullable CodeHash codeOf(Address contract);

    byte @Nullable [] code(CodeHash hash);

    /**
     * Whether there is such code. Asked at every delegated call, because whether one succeeds may
     * not depend on what this node happens to have compiled already.
     */
    default boolean hasCode(CodeHash hash) {
        return code(hash) != null;
    }

    BigInteger balance(Address party);

    /** Moves native balance; false when there is not enough, and then nothing has moved. */
    boolean move(Address from, Address to, BigInteger amount);

    /** A savepoint; they nest. */
    int mark();

    /** Undoes everything since that savepoint. */
    void rewind(int mark);
}
