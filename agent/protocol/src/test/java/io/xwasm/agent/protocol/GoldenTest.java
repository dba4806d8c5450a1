package io.xwasm.agent.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What crosses processes and versions is kept as files in {@code golden}: decoded for ever, and
 * encoded to the same bytes. A file is never changed; a message that must change gets another name.
 */
class GoldenTest {
    private static final Class<?>[] FAMILIES = {
        AgentCommand.class, AgentEvent.class, Ask.class, Reply.class
    };

    private static byte[] golden(String name) {
        try (InputStream in = GoldenTest.class.getResourceAsStream("/golden/" + name)) {
            return Objects.requireNonNull(in, "there is no golden/" + name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String name) {
        return new String(golden(name), UTF_8).strip();
    }

    private static byte[] bytes(String name) {
        return HexFormat.of().parseHex(text(name));
    }

    /** One message of the link: its family, its name on the wire, its class. */
    record Message(Class<?> family, String name, Class<?> type) {
        String file() {
            return "%s/%s.json".formatted(family.getSimpleName(), name);
        }

        @Override
        public String toString() {
            return file();
        }
    }

    static Stream<Message> messages() {
        return Arrays.stream(FAMILIES)
                .flatMap(family ->
                        Arrays.stream(family.getAnnotation(JsonSubTypes.class).value())
                                .map(type -> new Message(family, type.name(), type.value())));
    }

    @Test
    void every_permitted_subtype_has_a_name_on_the_wire() {
        for (Class<?> family : FAMILIES) {
            assertThat(messages().filter(m -> m.family().equals(family)).map(Message::type))
                    .as("%s", family.getSimpleName())
                    .containsExactlyInAnyOrder(family.getPermittedSubclasses());
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void every_message_has_a_golden_file_that_is_read_and_written_the_same(Message message) {
        var text = text(message.file());

        var read = Json.read(text, message.family());

        assertThat(read).isInstanceOf(message.type());
        assertThat(Json.write(read)).isEqualTo(text);
    }

    @Test
    void a_configuration_is_read_and_written_the_same() {
        var text = text("configuration.json");

        var read = Json.read(text, Configuration.class);

        assertThat(Json.write(read)).isEqualTo(text);
        assertThat(read.primaryMember().node()).isEqualTo(new NodeId("node-1"));
        assertThat(read.inSyncStandbys()).hasSize(1);
    }

    @Test
    void a_signed_call_is_read_and_written_the_same_and_its_signature_holds() {
        var bytes = bytes("signed-call.hex");

        var read = SignedCall.parse(bytes);

        assertThat(read.toBytes()).isEqualTo(bytes);
        assertThat(read.hash()).isEqualTo(Hash.parse(text("signed-call.hash")));
        assertThat(Signatures.verify(read)).isTrue();
        assertThat(read.method()).isEqualTo("swap");
        assertThat(read.nonce()).isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(strings = {"receipt-succeeded.hex", "receipt-failed.hex"})
    void a_receipt_is_read_and_written_the_same(String file) {
        var bytes = bytes(file);

        var read = Receipt.parse(bytes);

        assertThat(read.toBytes()).isEqualTo(bytes);
        assertThat(read.succeeded()).isEqualTo(file.contains("succeeded"));
    }

    @Test
    void a_genesis_has_the_hash_that_it_always_had() {
        var text = text("genesis.json");

        var read = Json.read(text, Genesis.class);

        assertThat(Json.write(read)).isEqualTo(text);
        assertThat(read.hash()).isEqualTo(Hash.parse(text("genesis.hash")));
    }
}
