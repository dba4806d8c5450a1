package io.xwasm.agent.ledger;

import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.MalformedMessage;
import io.xwasm.agent.protocol.WireReader;
import io.xwasm.agent.protocol.WireWriter;

/**
 * What a block promises (protocol rule 25).
 *
 * @param group whose ledger
 * @param height from 1
 * @param epoch in which it was made; never decreases along the chain
 * @param previous hash of the header before; of the genesis for the first
 * @param timeMillis Unix milliseconds: max(previous, the primary's clock), protocol rule 12
 * @param calls how many it holds
 * @param callsHash over the calls, one after the other
 * @param receiptsHash over their receipts
 * @param stateRoot of the whole state afterwards
 * @param semantics version of the VM's semantics that led there
 */
public record BlockHeader(
        GroupId group,
        long height,
        Epoch epoch,
        Hash previous,
        long timeMillis,
        int calls,
        Hash callsHash,
        Hash receiptsHash,
        Hash stateRoot,
        int semantics) {
    /**
     * Of the virtual machine and the ledger's own rules; rises when the same call may give other
     * bytes.
     */
    public static final int SEMANTICS = 1;

    private static final String DOMAIN = "xwasm block 1";

    public Hash hash() {
        return Hash.sha256(toBytes());
    }

    public byte[] toBytes() {
        return new WireWriter(256)
                .text(DOMAIN)
                .text(group.value())
                .i64(height)
                .i64(epoch.value())
                .hash(previous)
                .i64(timeMillis)
                .i32(calls)
                .hash(callsHash)
                .hash(receiptsHash)
                .hash(stateRoot)
                .i32(semantics)
                .toBytes();
    }

    /**
     * @throws MalformedMessage when the bytes are no header
     */
    public static BlockHeader parse(byte[] bytes) {
        try {
            return read(new WireReader(bytes, "block header"));
        } catch (IllegalArgumentException e) {
            throw new MalformedMessage("a block header is malformed: " + e.getMessage(), e);
        }
    }

    private static BlockHeader read(WireReader in) {
        if (!in.text().equals(DOMAIN)) {
            throw new MalformedMessage("these bytes are no block header: they do not begin as one");
        }
        var header =
                new BlockHeader(
                        new GroupId(in.text()),
                        in.i64(),
                        new Epoch(in.i64()),
                        in.hash(),
                        in.i64(),
                        in.i32(),
                        in.hash(),
                        in.hash(),
                        in.hash(),
                        in.i32());
        in.end();
        return header;
    }
}
