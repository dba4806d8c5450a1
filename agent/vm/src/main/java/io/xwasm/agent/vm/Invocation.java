package io.xwasm.agent.vm;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Hash;
import java.math.BigInteger;

/**
 * One call, as the ledger hands it over: who wants what from whom, and what it may cost.
 *
 * <p>{@code init} is run by {@link Address#SYSTEM} alone, when a contract is deployed; nobody can
 * call {@code migrate} or {@code migrate_back} this way.
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed through, never compared
public record Invocation(
        Address caller,
        Address contract,
        String method,
        byte[] arguments,
        BigInteger value,
        long gasLimit,
        BlockContext block,
        Hash callHash) {
    private static final int VALUE_BITS = 128;

    public Invocation {
        if (value.signum() < 0 || value.bitLength() > VALUE_BITS) {
            throw new IllegalArgumentException("a value is a u128, not " + value);
        }
        if (gasLimit < 0) {
            throw new IllegalArgumentException("a gas limit is not negative: " + gasLimit);
        }
    }
}
