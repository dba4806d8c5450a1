package io.xwasm.agent.vm;

import io.xwasm.agent.protocol.Address;

/** Something a contract announced; the data is Borsh, as its interface says for the topic. */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed through, never compared
public record Event(Address contract, String topic, byte[] data) {}
