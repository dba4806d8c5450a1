package io.xwasm.agent.protocol.abi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BorshJsonTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ADDRESS = "0123456789abcdef".repeat(4);
    private static final ContractInterface CONTRACT =
            ContractInterface.parse(
                    """
                    {"name": "bank", "version": "1.2.3", "stateSchema": 2,
                     "methods": [
                       {"name": "transfer", "args": [
                          {"name": "to", "type": "address"}, {"name": "amount", "type": "u128"}],
                        "returns": "unit", "payable": false, "query": false},
                       {"name": "everything", "args": [
                          {"name": "a", "type": "u8"}, {"name": "b", "type": "u16"},
                          {"name": "c", "type": "u32"}, {"name": "d", "type": "u64"},
                          {"name": "e", "type": "u128"}, {"name": "f", "type": "i64"},
                          {"name": "g", "type": "i128"}, {"name": "h", "type": "bool"},
                          {"name": "i", "type": "string"}, {"name": "j", "type": "bytes"},
                          {"name": "k", "type": "hash"}, {"name": "l", "type": "option<u8>"},
                          {"name": "m", "type": "list<Entry>"}],
                        "returns": "list<option<Entry>>"},
                       {"name": "ping"}],
                     "events": [{"name": "Moved", "fields": [{"name": "amount", "type": "u64"}]}],
                     "types": [{"name": "Entry", "fields": [
                        {"name": "key", "type": "string"}, {"name": "value", "type": "i64"}]}],
                     "errors": ["VALIDATION: no"]}\
                    """
                            .getBytes(UTF_8));

    private final BorshJson translation = new BorshJson(CONTRACT);

    @Test
    void arguments_become_borsh() {
        var bytes =
                translation.arguments(
                        "transfer", json("{\"to\": \"" + ADDRESS + "\", \"amount\": 258}"));

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo(ADDRESS + "02010000000000000000000000000000");
    }

    @Test
    void every_type_comes_back_as_it_went_in() {
        var given =
                """
                {"a":255,"b":65535,"c":4294967295,"d":"18446744073709551615",\
                "e":"340282366920938463463374607431768211455","f":"-9223372036854775808",\
                "g":"-170141183460469231731687303715884105728","h":true,"i":"żółw 🐢",\
                "j":"00ff","k":"%s","l":null,"m":[{"key":"x","value":"-1"},{"key":"","value":"7"}]}\
                """
                        .formatted(ADDRESS);

        var back =
                translation.arguments(
                        "everything", translation.arguments("everything", json(given)));

        assertThat(back.toString()).isEqualTo(given);
    }

    @Test
    void arguments_in_order_are_the_same_as_arguments_by_name() {
        assertThat(translation.arguments("transfer", json("[\"" + ADDRESS + "\", \"258\"]")))
                .isEqualTo(
                        translation.arguments(
                                "transfer",
                                json("{\"amount\": 258, \"to\": \"" + ADDRESS + "\"}")));
    }

    @Test
    void a_method_without_arguments_needs_none() {
        assertThat(translation.arguments("ping", (JsonNode) null)).isEmpty();
        assertThat(translation.arguments("ping", json("{}"))).isEmpty();
        assertThat(translation.result("ping", new byte[] {}).isNull()).isTrue();
    }

    @Test
    void results_and_events_are_read_by_type() {
        assertThat(
                        translation
                                .result(
                                        "everything",
                                        HexFormat.of()
                                                .parseHex("0200000000010100000061ffffffffffffffff"))
                                .toString())
                .isEqualTo("[null,{\"key\":\"a\",\"value\":\"-1\"}]");
        assertThat(
                        translation
                                .event("Moved", HexFormat.of().parseHex("0700000000000000"))
                                .toString())
                .isEqualTo("{\"amount\":\"7\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"to": "%s", "amount": "abc"}  | argument 'amount' of transfer: 'abc' is no u128
                    {"to": "%s", "amount": -1}     | argument 'amount' of transfer: '-1' is no u128
                    {"to": "%s", "amount": 1.5}    | argument 'amount' of transfer: '1.5' is no u128
                    {"to": "%s"}                   | argument 'amount' of transfer is missing (u128)
                    {"to": "xyz", "amount": 1}     | argument 'to' of transfer: 'xyz' is no address
                    {"to": "%s", "sum": 1}         | transfer has no argument 'sum'; it takes to: address, amount: u128
                    ["%s", 1, 2]                   | transfer takes 2 arguments (to: address, amount: u128), not 3
                    ["%s"]                         | argument 'amount' of transfer is missing (u128)
                    7                              | the arguments of transfer are an object or an array, not 7
                    """)
    void what_does_not_fit_is_named(String given, String message) {
        assertThatThrownBy(
                        () -> translation.arguments("transfer", json(given.replace("%s", ADDRESS))))
                .isInstanceOf(BadValue.class)
                .hasMessage(message);
    }

    @Test
    void what_does_not_fit_is_named_inside_of_lists_and_structs() {
        var before = "[1,1,1,1,1,1,1,true,\"\",\"\",\"" + ADDRESS + "\",null,";

        assertThatThrownBy(
                        () -> translation.arguments("everything", json(before + "[{\"key\": 1}]]")))
                .hasMessage(
                        "field 'key' of element 0 of argument 'm' of everything: '1' is no string");
        assertThatThrownBy(() ->
                        translation.arguments(
                                "everything",
                                json(before + "[{\"key\": \"\", \"value\": 1, \"x\": 1}]]")))
                .hasMessage("element 0 of argument 'm' of everything: Entry has no field 'x'");
    }

    @Test
    void an_unknown_method_is_named() {
        assertThatThrownBy(() -> translation.arguments("fly", json("{}")))
                .isInstanceOf(BadValue.class)
                .hasMessage("bank has no method fly");
    }

    @Test
    void bytes_that_do_not_fit_are_refused() {
        assertThatThrownBy(() -> translation.arguments("transfer", new byte[40]))
                .hasMessage(
                        "'amount' in the arguments of transfer: the bytes end too early, 16 wanted and 8 left");
        assertThatThrownBy(() -> translation.arguments("transfer", new byte[49]))
                .hasMessage("the arguments of transfer: 1 bytes too many");
        assertThatThrownBy(
                        () -> translation.result("everything", HexFormat.of().parseHex("ffffffff")))
                .isInstanceOf(BadValue.class)
                .hasMessageContaining("end too early");
    }

    @Test
    void an_interface_that_is_not_whole_is_refused() {
        refused("{\"name\": \"a\"}", "the version '' is not of the form 1.0.0");
        refused(
                "{\"name\": \"a\", \"version\": \"1.0.0\", \"stateSchema\": 1, \"methods\": [{\"name\": \"x\", \"returns\": \"Lost\"}]}",
                "method x: no type 'Lost' is declared");
        refused(
                "{\"name\": \"a\", \"version\": \"1.0.0\", \"stateSchema\": 1, \"types\": [{\"name\": \"T\", \"fields\": [{\"name\": \"t\", \"type\": \"option<T>\"}]}]}",
                "type T contains itself");
        refused(
                "{\"name\": \"a\", \"version\": \"1.0.0\", \"stateSchema\": 1, \"methods\": [{\"name\": \"x\"}, {\"name\": \"x\"}]}",
                "method 'x' is declared twice");
        refused(
                "{\"name\": \"a\", \"version\": \"1.0.0\", \"stateSchema\": 1, \"methods\": [{\"name\": \"x\", \"returns\": \"list<unit>\"}]}",
                "a value cannot be of type unit");
        refused(
                "{\"name\": \"a\", \"version\": \"1.0.0\", \"stateSchema\": 1, \"methods\": [{\"name\": \"x\", \"returns\": \"%s\"}]}"
                        .formatted("list<".repeat(1000)),
                "too long for a type");
    }

    @Test
    void an_interface_that_is_made_to_be_slow_is_not() {
        var types = new StringBuilder();
        for (int level = 0; level < 40; level++) {
            var fields = new StringBuilder();
            for (int field = 0; field < 40; field++) {
                fields.append(field == 0 ? "" : ",")
                        .append(
                                "{\"name\": \"f%d\", \"type\": \"T%d\"}"
                                        .formatted(field, level + 1));
            }
            types.append("{\"name\": \"T%d\", \"fields\": [%s]},".formatted(level, fields));
        }
        types.append("{\"name\": \"T40\", \"fields\": [{\"name\": \"f\", \"type\": \"u8\"}]}");

        var parsed =
                ContractInterface.parse(
                        "{\"name\": \"a\", \"version\": \"1.0.0\", \"stateSchema\": 1, \"types\": [%s]}"
                                .formatted(types)
                                .getBytes(UTF_8));

        assertThat(parsed.types()).hasSize(41);
    }

    @Test
    void an_interface_survives_being_written_and_read() {
        assertThat(ContractInterface.parse(JSON.writeValueAsBytes(CONTRACT))).isEqualTo(CONTRACT);
    }

    private static void refused(String section, String because) {
        assertThatThrownBy(() -> ContractInterface.parse(section.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(because);
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text);
    }
}
