package io.xwasm.agent.protocol;

import java.math.BigInteger;

/**
 * What a group begins with; the same on every member, so that their empty ledgers are equal.
 *
 * @param group whose ledger
 * @param fleet the fleet's account: owns the proxies, may deploy, holds all native balance at first
 * @param supply of native balance
 */
public record Genesis(GroupId group, Address fleet, BigInteger supply) {
    /** Enough for every test account of the world. */
    public static final BigInteger DEFAULT_SUPPLY = BigInteger.TEN.pow(30);

    /** What the first block's header names as its predecessor. */
    public Hash hash() {
        return Hash.sha256(
                new WireWriter()
                        .text("xwasm genesis 1")
                        .text(group.value())
                        .address(fleet)
                        .u128(supply)
                        .toBytes());
    }
}
