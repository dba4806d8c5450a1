package io.xwasm.agent.ledger.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.WireWriter;
import java.util.Arrays;

/** A key of the state: one letter that says what it is, then the name. Compares by content. */
public final class StateKey {
    private static final byte CODE = 'w';

    private final byte[] bytes;
    private final int hash;

    private StateKey(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    /** Takes the array over. */
    public static StateKey of(byte[] bytes) {
        return new StateKey(bytes);
    }

    static StateKey storage(Address contract, byte[] key) {
        return new StateKey(
                new WireWriter(33 + key.length).u8('s').address(contract).raw(key).toBytes());
    }

    static StateKey contract(Address contract) {
        return new StateKey(new WireWriter(33).u8('k').address(contract).toBytes());
    }

    static StateKey name(String name) {
        return new StateKey(new WireWriter(48).u8('m').raw(name.getBytes(UTF_8)).toBytes());
    }

    static StateKey code(CodeHash hash) {
        return new StateKey(new WireWriter(33).u8(CODE).code(hash).toBytes());
    }

    /** What all keys of stored code begin with. */
    public static byte[] codes() {
        return new byte[] {CODE};
    }

    static StateKey balance(Address party) {
        return new StateKey(new WireWriter(33).u8('b').address(party).toBytes());
    }

    static StateKey nonces(Address sender) {
        return new StateKey(new WireWriter(33).u8('n').address(sender).toBytes());
    }

    public boolean isCode() {
        return bytes.length > 0 && bytes[0] == CODE;
    }

    /** Not a copy: whoever gets it leaves it as it is. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StateKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
