package io.xwasm.agent.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void the_costs_are_the_costs() {
        assertThat(document)
                .contains(
                        "| %,d, and 1 for each byte of arguments |"
                                .formatted(GasCosts.CONTRACT_CALL))
                .contains("| `storage_get` | %,d, and".formatted(GasCosts.STORAGE_READ))
                .contains(
                        "| `storage_set` | %,d, and %d for"
                                .formatted(GasCosts.STORAGE_WRITE, GasCosts.PER_WRITTEN_BYTE))
                .contains("| any host function | %d |".formatted(GasCosts.HOST_CALL))
                .contains("| a `call` with value | %,d |".formatted(GasCosts.MOVE_VALUE))
                .contains("and %,d for every page".formatted(GasCosts.PER_MEMORY_PAGE))
                .contains("`delegate_call` | %,d |".formatted(GasCosts.LOOK_UP))
                .contains("has %,d units of stack".formatted(VmLimits.STACK_UNITS));
    }
}
