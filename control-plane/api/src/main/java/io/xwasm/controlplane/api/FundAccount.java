package io.xwasm.controlplane.api;

import io.xwasm.agent.protocol.Address;
import java.math.BigInteger;

/**
 * Gives native balance to an account.
 *
 * @param account whom
 * @param amount how much
 */
public record FundAccount(Address account, BigInteger amount) {}
