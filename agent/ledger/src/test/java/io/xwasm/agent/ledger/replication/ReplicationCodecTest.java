package io.xwasm.agent.ledger.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.MalformedMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes that are no message; those that are, are in {@link GoldenTest}. */
class ReplicationCodecTest {
    private static final List<ReplicationMessage> SAMPLES =
            List.of(
                    new ReplicationMessage.Opened(
                            Incarnation.mint(), new Epoch(3), List.of(1L), List.of(Hash.ZERO)),
                    new ReplicationMessage.Append(new Epoch(3), 1, new byte[] {1, 2, 3}),
                    new ReplicationMessage.Ack(
                            Incarnation.mint(), new Epoch(3), 1, Hash.ZERO, 1, Hash.ZERO));

    @Test
    void bytes_that_are_cut_short_or_too_long_are_refused() {
        for (var sample : SAMPLES) {
            var bytes = ReplicationCodec.write(sample);
            for (int length = 0; length < bytes.length; length++) {
                var part = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> ReplicationCodec.read(part))
                        .isInstanceOf(MalformedMessage.class);
            }
            assertThatThrownBy(() -> ReplicationCodec.read(Arrays.copyOf(bytes, bytes.length + 1)))
                    .isInstanceOf(MalformedMessage.class);
        }
    }

    @Test
    void bytes_at_random_are_a_message_or_malformed_and_nothing_else() {
        long seed = Long.getLong("xwasm.seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            var bytes = new byte[1 + random.nextInt(120)];
            random.nextBytes(bytes);
            bytes[0] = (byte) random.nextInt(16);
            if (random.nextBoolean()) {
                bytes = ReplicationCodec.write(SAMPLES.get(random.nextInt(SAMPLES.size())));
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            }
            try {
                var read = ReplicationCodec.read(bytes);
                assertThat(ReplicationCodec.write(read)).as("seed %d", seed).isEqualTo(bytes);
            } catch (MalformedMessage e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }
}
