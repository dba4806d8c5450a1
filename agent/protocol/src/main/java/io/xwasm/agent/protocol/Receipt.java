package io.xwasm.agent.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What became of a call.
 *
 * @param call the call's hash
 * @param height the block that holds it
 * @param position its place in the block, from 0
 * @param gasUsed what it consumed, also when it failed
 * @param failure why it failed, or null when it succeeded; a failed call left nothing but this
 *     receipt
 * @param result Borsh, as the contract's interface says; empty when it failed
 * @param events in the order in which they were emitted; none when it failed
 */
public record Receipt(
        Hash call,
        long height,
        int position,
        long gasUsed,
        @Nullable Failure failure,
        byte[] result,
        List<Emitted> events) {
    public Receipt {
        events = List.copyOf(events);
    }

    /**
     * Why a call failed.
     *
     * @param kind a stable word in lower case, such as {@code out_of_gas}
     * @param message one sentence
     */
    public record Failure(String kind, String message) {}

    /** An event of a contract. */
    public record Emitted(Address contract, String topic, byte[] data) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Emitted event
                    && contract.equals(event.contract)
                    && topic.equals(event.topic)
                    && Arrays.equals(data, event.data);
        }

        @Override
        public int hashCode() {
            return Objects.hash(contract, topic, Arrays.hashCode(data));
        }
    }

    public boolean succeeded() {
        return failure == null;
    }

    public byte[] toBytes() {
        var out = new WireWriter(128 + result.length);
        out.hash(call).i64(height).i32(position).i64(gasUsed).bool(failure != null);
        if (failure != null) {
            out.text(failure.kind()).text(failure.message());
        }
        out.blob(result).i32(events.size());
        for (Emitted event : events) {
            out.address(event.contract()).text(event.topic()).blob(event.data());
        }
        return out.toBytes();
    }

    /**
     * @throws MalformedMessage when the bytes are no receipt
     */
    public static Receipt parse(byte[] bytes) {
        var in = new WireReader(bytes, "receipt");
        var receipt =
                new Receipt(
                        in.hash(),
                        in.i64(),
                        in.i32(),
                        in.i64(),
                        in.bool() ? new Failure(in.text(), in.text()) : null,
                        in.blob(),
                        IntStream.range(0, in.count(40))
                                .mapToObj(_ -> new Emitted(in.address(), in.text(), in.blob()))
                                .toList());
        in.end();
        return receipt;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Receipt receipt && Arrays.equals(toBytes(), receipt.toBytes());
    }

    @Override
    public int hashCode() {
        return call.hashCode();
    }
}
