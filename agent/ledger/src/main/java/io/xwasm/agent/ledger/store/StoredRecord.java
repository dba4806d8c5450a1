package io.xwasm.agent.ledger.store;

/**
 * One record of a ledger, as it is copied to a backup or a new member.
 *
 * @param column which kind: {@link Column#number}
 */
public record StoredRecord(int column, byte[] key, byte[] value) {}
