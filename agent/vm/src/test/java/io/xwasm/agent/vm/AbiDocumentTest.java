package io.xwasm.agent.vm;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** ABI.md is what authors in other languages have; it must say what the machine does. */
class AbiDocumentTest {
    private final String document;

    AbiDocumentTest() throws IOException {
        document = Files.readString(Path.of("../contract-sdk/ABI.md"));
    }

    @Test
    void every_host_function_is_described() {
        for (var function : HostImport.values()) {
            assertThat(document).contains("| `%s` |".formatted(function.importName()));
        }
    }

    @Test
    void every_failure_kind_has_its_number() {
        for (var kind : FailureKind.values()) {
            assertThat(document).contains("| %d | `%s` |".formatted(kind.code(), kind));
            assertThat(FailureKind.ofCode(kind.code())).contains(kind);
        }
    }

    @Test
    void every_instruction_that_contracts_may_use_has_a_name_here() {
        var allowed =
                IntStream.concat(
                                IntStream.rangeClosed(0, 0xFF),
                                IntStream.rangeClosed(0xFC00, 0xFC11))
                        .filter(opcode -> Opcodes.refusal(opcode) == null)
                        .boxed()
                        .toList();

        assertThat(OpcodeNames.all().keySet()).containsExactlyElementsOf(allowed);
    }

    @Test
    void every_instruction_stands_in_one_row_with_its_gas() {
        var rows = instructionRows();

        OpcodeNames.all()
                .forEach((opcode, name) -> {
                    var matching =
                            rows.entrySet().stream()
                                    .filter(row -> Pattern.matches(row.getKey(), name))
                                    .map(Map.Entry::getValue)
                                    .toList();
                    assertThat(matching).as(name).isEqualTo(List.of(GasCosts.of(opcode)));
                });
    }

    /** Patterns of names with what they cost, from the table that is headed "instructions". */
    private Map<String, Integer> instructionRows() {
        var table = document.substring(document.indexOf("| instructions | gas |"));
        return table.lines()
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split("\\|"))
                .flatMap(cells ->
                        Pattern.compile("`([^`]+)`")
                                .matcher(cells[1])
                                .results()
                                .map(name ->
                                        Map.entry(
                                                pattern(name.group(1)),
                                                Integer.valueOf(
                                                        cells[2].strip().replaceAll(",.*", "")))))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String pattern(String name) {
        return name.replace(".", "\\.").replace("*", "\\w*");
    }

    @Test
    void everything_else_costs_what_is_written() {
        assertThat(document)
                .contains(
                        "`i64.load*` | %d, one apart %d, the next one %d |"
                                .formatted(
                                        GasCosts.of(Opcodes.FIRST_LOAD),
                                        GasCosts.LOAD_APART,
                                        GasCosts.LOAD_NEXT),
                        "| entering a function | %d, and %d for every %d variables"
                                .formatted(
                                        GasCosts.ofEntering(0),
                                        GasCosts.ofEntering(GasCosts.VARIABLES_PER_UNIT)
                                                - GasCosts.ofEntering(0),
                                        GasCosts.VARIABLES_PER_UNIT),
                        "`memory.fill` besides | 1 for every %d bytes |"
                                .formatted(1 << GasCosts.BULK_SHIFT),
                        "`memory.grow` besides | %,d for every page that the memory then has"
                                .formatted(GasCosts.PER_GROWN_PAGE),
                        "`i64.const` | 1, for every %d of them in a run |"
                                .formatted(GasCosts.NAMED_PER_UNIT),
                        "In a function with more than %d variables"
                                .formatted(GasCosts.VARIABLES_IN_REGISTERS),
                        "| %,d, %d for each byte of arguments, and %,d for each page of memory"
                                .formatted(
                                        GasCosts.CONTRACT_CALL,
                                        GasCosts.PER_ARGUMENT_BYTE,
                                        GasCosts.PER_ENTERED_PAGE),
                        "| any host function | %d |".formatted(GasCosts.HOST_CALL),
                        "`ret`, arguments of a call | %d for each byte |"
                                .formatted(GasCosts.PER_HOST_BYTE),
                        "| `storage_get` | %,d, and %d for each byte of the value |"
                                .formatted(GasCosts.STORAGE_READ, GasCosts.PER_READ_BYTE),
                        "| `storage_set` | %,d, and %d for each byte of key and value |"
                                .formatted(GasCosts.STORAGE_WRITE, GasCosts.PER_WRITTEN_BYTE),
                        "| `storage_remove` | %,d |".formatted(GasCosts.STORAGE_REMOVAL),
                        "| `balance`, `is_contract` | %,d |".formatted(GasCosts.STORAGE_READ),
                        "| `emit` | %,d, and %d for each byte of topic and data |"
                                .formatted(GasCosts.EVENT, GasCosts.PER_EVENT_BYTE),
                        "| `sha256` | %d, and %d for each byte |"
                                .formatted(GasCosts.SHA256, GasCosts.PER_HASHED_BYTE),
                        "`call`, `delegate_call` | %,d |".formatted(GasCosts.LOOK_UP),
                        "| a `call` with value | %,d |".formatted(GasCosts.MOVE_VALUE));
    }

    @Test
    void limits_are_the_limits() {
        assertThat(document)
                .contains(
                        "has %,d units of stack".formatted(VmLimits.STACK_UNITS),
                        "at most %d pages".formatted(VmLimits.MEMORY_PAGES),
                        "or to %d pages".formatted(VmLimits.MEMORY_PAGES),
                        "key %d bytes".formatted(VmLimits.KEY_BYTES),
                        "value %d KiB".formatted(VmLimits.VALUE_BYTES >> 10),
                        "arguments and result %d KiB".formatted(VmLimits.RESULT_BYTES >> 10),
                        "event %d KiB".formatted(VmLimits.EVENT_BYTES >> 10),
                        "announces at most %d events and writes or removes at most %d times"
                                .formatted(VmLimits.EVENTS, VmLimits.WRITES),
                        "At most %d contracts wait".formatted(VmLimits.CALL_DEPTH),
                        "at most %d functions".formatted(VmLimits.FUNCTIONS),
                        "%,d calls and ends of runs".formatted(VmLimits.TURNS),
                        "1 table with %d entries".formatted(VmLimits.TABLE_ENTRIES),
                        "%d variables (parameters included)".formatted(VmLimits.LOCALS));
    }
}
