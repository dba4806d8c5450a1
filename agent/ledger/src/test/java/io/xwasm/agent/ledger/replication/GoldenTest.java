package io.xwasm.agent.ledger.replication;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.ledger.Block;
import io.xwasm.agent.ledger.BlockHeader;
import io.xwasm.agent.protocol.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What members send each other and what lies on their disks is kept as files in {@code golden}:
 * decoded for ever, and encoded to the same bytes. A file is never changed.
 */
class GoldenTest {
    private static String text(String name) {
        try (InputStream in = GoldenTest.class.getResourceAsStream("/golden/" + name)) {
            return new String(
                            Objects.requireNonNull(in, "there is no golden/" + name).readAllBytes(),
                            US_ASCII)
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String name) {
        return HexFormat.of().parseHex(text(name));
    }

    static Stream<Class<?>> messages() {
        return Arrays.stream(ReplicationMessage.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void every_message_has_a_golden_file_that_is_read_and_written_the_same(Class<?> message) {
        var bytes = bytes("replication/%s.hex".formatted(message.getSimpleName()));

        var read = ReplicationCodec.read(bytes);

        assertThat(read).isInstanceOf(message);
        assertThat(ReplicationCodec.write(read)).isEqualTo(bytes);
    }

    @Test
    void a_block_header_is_read_and_written_the_same_and_keeps_its_hash() {
        var bytes = bytes("block-header.hex");

        var read = BlockHeader.parse(bytes);

        assertThat(read.toBytes()).isEqualTo(bytes);
        assertThat(read.hash()).isEqualTo(Hash.parse(text("block-header.hash")));
        assertThat(read.height()).isEqualTo(17);
    }

    @Test
    void a_block_is_read_and_written_the_same() {
        var bytes = bytes("block.hex");

        var read = Block.parse(bytes);

        assertThat(read.toBytes()).isEqualTo(bytes);
        assertThat(read.calls()).hasSize(1);
    }
}
