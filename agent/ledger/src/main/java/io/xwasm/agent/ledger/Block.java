package io.xwasm.agent.ledger;

import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.MalformedMessage;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.agent.protocol.WireReader;
import io.xwasm.agent.protocol.WireWriter;
import java.util.List;
import java.util.stream.IntStream;

/** A batch of calls committed together. */
public record Block(BlockHeader header, List<SignedCall> calls) {
    public Block {
        calls = List.copyOf(calls);
    }

    public byte[] toBytes() {
        var out = new WireWriter(512 + 256 * calls.size());
        out.blob(header.toBytes());
        for (SignedCall call : calls) {
            out.blob(call.toBytes());
        }
        return out.toBytes();
    }

    /**
     * Reads a block and holds its calls against its header.
     *
     * @throws MalformedMessage when the bytes are no block, or the calls are not those that the
     *     header names
     */
    public static Block parse(byte[] bytes) {
        var in = new WireReader(bytes, "block");
        var header = BlockHeader.parse(in.blob());
        var calls =
                IntStream.range(0, in.requireRoom(header.calls(), 4))
                        .mapToObj(_ -> SignedCall.parse(in.blob()))
                        .toList();
        in.end();
        if (!hashOfCalls(calls).equals(header.callsHash())) {
            throw new MalformedMessage(
                    "block %d holds other calls than its header names".formatted(header.height()));
        }
        return new Block(header, calls);
    }

    /** Reads the header alone, without holding the calls against it. */
    public static BlockHeader headerOf(byte[] bytes) {
        return BlockHeader.parse(new WireReader(bytes, "block").blob());
    }

    public static Hash hashOfCalls(List<SignedCall> calls) {
        var out = new WireWriter(64 * calls.size());
        calls.forEach(call -> out.hash(call.hash()).raw(call.signature()));
        return Hash.sha256(out.toBytes());
    }

    public static Hash hashOfReceipts(List<Receipt> receipts) {
        var out = new WireWriter(128 * receipts.size());
        receipts.forEach(receipt -> out.blob(receipt.toBytes()));
        return Hash.sha256(out.toBytes());
    }
}
