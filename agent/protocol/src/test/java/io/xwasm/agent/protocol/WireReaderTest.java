package io.xwasm.agent.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireReaderTest {
    private static WireReader reader(WireWriter written) {
        return new WireReader(written.toBytes(), "thing");
    }

    @Test
    void what_is_written_is_read() {
        var in =
                reader(
                        new WireWriter(1)
                                .u8(255)
                                .bool(true)
                                .i32(Integer.MIN_VALUE)
                                .i64(Long.MAX_VALUE)
                                .u128(BigInteger.TWO.pow(128).subtract(BigInteger.ONE))
                                .text("Zürich")
                                .blob(new byte[] {1, 2}));

        assertThat(in.u8()).isEqualTo(255);
        assertThat(in.bool()).isTrue();
        assertThat(in.i32()).isEqualTo(Integer.MIN_VALUE);
        assertThat(in.i64()).isEqualTo(Long.MAX_VALUE);
        assertThat(in.u128()).isEqualTo(BigInteger.TWO.pow(128).subtract(BigInteger.ONE));
        assertThat(in.text()).isEqualTo("Zürich");
        assertThat(in.blob()).containsExactly(1, 2);
        in.end();
    }

    @Test
    void a_few_bytes_cannot_ask_for_much_memory() {
        for (int count : new int[] {Integer.MAX_VALUE, 3, -1}) {
            assertThatThrownBy(() -> reader(new WireWriter().i32(count).i64(0).i64(0)).count(8))
                    .isInstanceOf(MalformedMessage.class)
                    .hasMessageContaining("%d things were announced, 16 bytes are left", count);
        }
        assertThat(reader(new WireWriter().i32(2).i64(0).i64(0)).count(8)).isEqualTo(2);
        assertThatThrownBy(() -> reader(new WireWriter().i32(Integer.MAX_VALUE)).blob())
                .isInstanceOf(MalformedMessage.class);
    }

    @Test
    void calls_and_receipts_of_random_bytes_are_malformed_and_nothing_else() {
        long seed = Long.getLong("xwasm.seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var call =
                SignedCall.sign(
                                AccountKey.generate(),
                                new GroupId("main"),
                                1,
                                Address.SYSTEM,
                                "transfer",
                                new byte[40],
                                BigInteger.ONE,
                                1_000,
                                2_000)
                        .toBytes();
        for (int i = 0; i < 20_000; i++) {
            var mutated = Arrays.copyOf(call, call.length - random.nextInt(3));
            mutated[random.nextInt(mutated.length)] ^= (byte) (1 + random.nextInt(255));
            var bytes = new byte[random.nextInt(120)];
            random.nextBytes(bytes);
            try {
                assertThat(SignedCall.parse(mutated).toBytes())
                        .as("seed %d", seed)
                        .isEqualTo(mutated);
            } catch (MalformedMessage e) {
                assertThat(e).hasMessageNotContaining("null");
            }
            try {
                assertThat(Receipt.parse(bytes).toBytes()).as("seed %d", seed).isEqualTo(bytes);
            } catch (MalformedMessage e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }
}
