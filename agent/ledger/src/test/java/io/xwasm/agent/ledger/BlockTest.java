package io.xwasm.agent.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.protocol.AccountKey;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.MalformedMessage;
import io.xwasm.agent.protocol.SignedCall;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockTest {
    private static final GroupId GROUP = new GroupId("main");
    private final AccountKey key = AccountKey.generate();

    private SignedCall call(long nonce) {
        return SignedCall.sign(
                key,
                GROUP,
                nonce,
                Address.SYSTEM,
                "transfer",
                new byte[32],
                BigInteger.valueOf(nonce),
                1_000,
                2_000);
    }

    private static Block block(List<SignedCall> calls) {
        return new Block(
                new BlockHeader(
                        GROUP,
                        9,
                        new Epoch(3),
                        Hash.sha256(new byte[] {1}),
                        1_000,
                        calls.size(),
                        Block.hashOfCalls(calls),
                        Hash.sha256(new byte[] {2}),
                        Hash.sha256(new byte[] {3}),
                        BlockHeader.SEMANTICS),
                calls);
    }

    @Test
    void its_bytes_give_it_again() {
        for (var calls : List.of(List.<SignedCall>of(), List.of(call(0), call(1), call(2)))) {
            var block = block(calls);
            assertThat(Block.parse(block.toBytes())).isEqualTo(block);
            assertThat(Block.headerOf(block.toBytes())).isEqualTo(block.header());
        }
    }

    @Test
    void calls_that_the_header_does_not_name_are_refused() {
        var block = block(List.of(call(0), call(1)));
        for (var others : List.of(List.of(call(0), call(2)), List.of(call(1), call(0)))) {
            var forged = new Block(block.header(), others).toBytes();
            assertThatThrownBy(() -> Block.parse(forged))
                    .isInstanceOf(MalformedMessage.class)
                    .hasMessageContaining("block 9 holds other calls");
        }
    }

    @Test
    void bytes_that_are_cut_short_or_too_long_are_refused() {
        var bytes = block(List.of(call(0))).toBytes();
        for (int length = 0; length < bytes.length; length++) {
            var part = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Block.parse(part)).isInstanceOf(MalformedMessage.class);
        }
        assertThatThrownBy(() -> Block.parse(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(MalformedMessage.class);
    }

    @Test
    void mutated_bytes_are_another_block_or_none() {
        long seed = Long.getLong("xwasm.seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var block = block(List.of(call(0), call(1)));
        for (int i = 0; i < 5_000; i++) {
            var bytes = block.toBytes();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            try {
                assertThat(Block.parse(bytes).header().hash())
                        .as("seed %d, mutation %d", seed, i)
                        .isNotEqualTo(block.header().hash());
            } catch (MalformedMessage e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }
}
