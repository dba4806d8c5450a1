package io.xwasm.agent.protocol.abi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Types with variants. */
class BorshEnumTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ContractInterface CONTRACT =
            contract(
                    """
                    {"name": "Wood", "fields": []},
                    {"name": "Gold", "fields": [{"name": "points", "type": "u16"}]}\
                    """);

    private final BorshJson translation = new BorshJson(CONTRACT);

    private static ContractInterface contract(String variants) {
        return ContractInterface.parse(
                """
                {"name": "games", "version": "1.0.0", "stateSchema": 1,
                 "methods": [{"name": "award", "returns": "Medal", "args": [
                   {"name": "medals", "type": "list<Medal>"}]}],
                 "types": [{"name": "Medal", "fields": [{"name": "variant", "type": "u8"}],
                            "variants": [%s]}]}\
                """
                        .formatted(variants)
                        .getBytes(UTF_8));
    }

    private byte[] arguments(String json) {
        return translation.arguments("award", JSON.readTree(json));
    }

    @Test
    void a_variant_is_its_number_and_its_fields() {
        assertThat(arguments("[[\"Wood\", {\"Gold\": {\"points\": 258}}]]"))
                .isEqualTo(HexFormat.of().parseHex("0200000000010201"));
    }

    @Test
    void variants_are_read_as_they_are_written() {
        assertThat(translation.result("award", new byte[] {0})).hasToString("\"Wood\"");
        assertThat(translation.result("award", new byte[] {1, 2, 1}))
                .hasToString("{\"Gold\":{\"points\":258}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"Iron\" | 'Iron' is no Medal, which is one of [Wood, Gold]",
                "7 | '7' is no Medal, which is one of [Wood, Gold]",
                "\"Gold\" | Gold has fields",
                "{\"Wood\": {}} | Wood has no fields",
                "{\"Gold\": {}} | field 'points' of element 0 of argument 'medals' of award is missing",
                "{\"Gold\": {\"points\": 1}, \"Wood\": {}} | is no Medal",
            })
    void what_is_no_variant_is_told(String given, String message) {
        assertThatThrownBy(() -> arguments("[[" + given + "]]"))
                .isInstanceOf(BadValue.class)
                .hasMessageContaining(message);
    }

    @Test
    void bytes_of_no_variant_are_refused() {
        assertThatThrownBy(() -> translation.result("award", new byte[] {2}))
                .isInstanceOf(BadValue.class)
                .hasMessageContaining("Medal has no variant 2");
    }

    @Test
    void an_enum_that_is_none_is_refused() {
        var many =
                IntStream.range(0, 257)
                        .mapToObj("{\"name\": \"V%d\"}"::formatted)
                        .collect(Collectors.joining(","));
        assertThatThrownBy(() -> contract(many)).hasMessageContaining("more than 256 variants");
        assertThatThrownBy(() -> contract("{\"name\": \"A\"}, {\"name\": \"A\"}"))
                .hasMessageContaining("has a variant twice");
        assertThatThrownBy(() ->
                        contract(
                                "{\"name\": \"A\", \"fields\": [{\"name\": \"m\", \"type\": \"Medal\"}]}"))
                .hasMessageContaining("type Medal contains itself");
        assertThatThrownBy(() -> contract("{\"name\": \"A\", \"variants\": [{\"name\": \"B\"}]}"))
                .hasMessageContaining("a variant of type Medal has variants");
    }

    @Test
    void an_enum_survives_being_written_and_read() {
        assertThat(ContractInterface.parse(JSON.writeValueAsBytes(CONTRACT))).isEqualTo(CONTRACT);
    }
}
