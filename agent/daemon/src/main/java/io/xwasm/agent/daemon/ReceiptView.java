package io.xwasm.agent.daemon;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Receipt;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A receipt as callers read it: bytes are hex. */
record ReceiptView(
        Hash call,
        long height,
        int position,
        long gasUsed,
        Receipt.@Nullable Failure failure,
        String result,
        List<EventView> events) {
    record EventView(Address contract, String topic, String data) {}

    static ReceiptView of(Receipt receipt) {
        return new ReceiptView(
                receipt.call(),
                receipt.height(),
                receipt.position(),
                receipt.gasUsed(),
                receipt.failure(),
                HexFormat.of().formatHex(receipt.result()),
                receipt.events().stream()
                        .map(e ->
                                new EventView(
                                        e.contract(),
                                        e.topic(),
                                        HexFormat.of().formatHex(e.data())))
                        .toList());
    }
}
