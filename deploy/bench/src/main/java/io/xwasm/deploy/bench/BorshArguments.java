package io.xwasm.deploy.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.protocol.Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Arguments of the few methods that benches call, in Borsh. */
final class BorshArguments {
    private final ByteBuffer out = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);

    BorshArguments text(String text) {
        var bytes = text.getBytes(UTF_8);
        out.putInt(bytes.length).put(bytes);
        return this;
    }

    BorshArguments address(Address address) {
        out.put(address.bytes());
        return this;
    }

    /** A u128 of which only 63 bits are used. */
    BorshArguments amount(long amount) {
        out.putLong(amount).putLong(0);
        return this;
    }

    byte[] bytes() {
        return Arrays.copyOf(out.array(), out.position());
    }
}
