package io.xwasm.deploy.cli.agent;

import io.xwasm.agent.protocol.Address;
import java.math.BigInteger;

/**
 * An account on a ledger.
 *
 * @param nextNonce above every nonce that was used
 */
public record AccountState(Address address, BigInteger balance, long nextNonce) {}
