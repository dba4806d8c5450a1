package io.xwasm.agent.vm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.protocol.Hash;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefusedCodeTest {
    private final ContractVm vm = new ChicoryContractVm();

    @AfterEach
    void close() {
        vm.close();
    }

    @Test
    void every_shipped_contract_is_taken() {
        for (var name : ShippedContracts.names()) {
            var wasm = ShippedContracts.code(name);
            var description = vm.install(wasm);

            assertThat(description.contractInterface().name()).isEqualTo(name.replace("-2", ""));
            assertThat(description.size()).isEqualTo(wasm.length);
            assertThat(description.compiledFunctions()).isPositive();
            assertThat(vm.install(wasm)).isSameAs(description);
        }
    }

    @Test
    void an_empty_module_is_refused() {
        refused(new byte[] {}, "the module is empty");
    }

    @Test
    void what_is_no_module_is_refused() {
        refused(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, "no WebAssembly module");
    }

    @Test
    void a_truncated_module_is_refused_wherever_it_ends() {
        var whole = ShippedContracts.code("token");

        for (int length = 1; length < whole.length; length += 97) {
            var cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> vm.install(cut)).isInstanceOf(CodeRefused.class);
        }
        refused(Arrays.copyOf(whole, 5000), "ends too early");
    }

    @Test
    void a_module_with_floats_is_refused_by_function_and_offset() {
        // f64.const 0, drop
        var wasm =
                new HandMadeModule()
                        .method("fine", 0)
                        .method("price", 0, 0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0x1A)
                        .build();

        assertThatThrownBy(() -> vm.install(wasm))
                .isInstanceOf(CodeRefused.class)
                .hasMessageMatching(
                        "function 1 \\('price'\\) at offset 0x[0-9a-f]+: 0x44 is a floating-point"
                                + " instruction.*");
        refused(new HandMadeModule().methodWithVariable("x", 0x7C).build(), "floating-point types");
    }

    @Test
    void an_import_with_floats_is_refused_for_the_floats() {
        refused(
                new HandMadeModule()
                        .importing("xwasm", "input_read", 0x60, 1, 0x7C, 0)
                        .method("x", 0)
                        .build(),
                "the import 'xwasm.input_read' has floating-point or SIMD types");
    }

    @Test
    void an_unknown_import_is_refused_by_name() {
        refused(
                new HandMadeModule().importing("env", "time", 0x60, 0, 0).method("x", 0).build(),
                "the import 'env.time' is unknown");
        refused(
                new HandMadeModule().importing("xwasm", "sleep", 0x60, 0, 0).method("x", 0).build(),
                "the import 'xwasm.sleep' is unknown");
    }

    @Test
    void an_import_of_another_shape_is_refused() {
        refused(
                new HandMadeModule()
                        .importing("xwasm", "caller", 0x60, 0, 0)
                        .method("x", 0)
                        .build(),
                "the import 'xwasm.caller' is (i32) -> (), not () -> ()");
    }

    @Test
    void a_module_that_is_too_large_is_refused() {
        refused(Arrays.copyOf(ShippedContracts.code("token"), 2 << 20), "the limit is 1048576");
    }

    @Test
    void simd_threads_exceptions_and_references_are_refused() {
        refused(method(0xFD, 0x0C), "SIMD");
        refused(method(0xFE, 0x03, 0), "threads");
        refused(method(0x06, 0x40), "exception handling");
        refused(method(0xD0, 0x70, 0x1A), "reference types");
        refused(method(0xFB, 0), "garbage collection");
        refused(method(0x12, 0), "tail call");
        refused(method(0xFC, 0x08, 0, 0), "not an instruction that contracts may use");
    }

    @Test
    void a_start_function_is_refused() {
        refused(new HandMadeModule().method("x", 0).withStart().build(), "start function");
    }

    @Test
    void too_much_memory_is_refused() {
        refused(new HandMadeModule().memory(0, 17).method("x", 0).build(), "17 pages of memory");
        refused(new HandMadeModule().memory(3, 1, 1).method("x", 0).build(), "shared");
    }

    @Test
    void a_method_with_parameters_is_refused() {
        refused(
                new HandMadeModule().method("x", 0).withParameter().build(),
                "a method is a function of the module's own, () -> ()");
    }

    @Test
    void reserved_names_are_refused() {
        refused(new HandMadeModule().method("__xwasm_gas", 0).build(), "reserved");
    }

    @Test
    void code_that_is_not_well_typed_is_refused() {
        // i32.add with nothing to add
        refused(method(0x6A, 0x1A), "the module is not valid");
        refused(method(0x0C, 9), "a branch leaves 10 blocks, there are 1");
        refused(method(0x05), "an else without its if");
        refused(method(0x02, 0x40), "a block is not closed");
    }

    @Test
    void too_many_variables_are_refused() {
        refused(new HandMadeModule().method("x", 513).build(), "513 variables, the limit is 512");
    }

    @Test
    void an_interface_that_does_not_fit_the_exports_is_refused() {
        var module = new HandMadeModule().method("x", 0);

        refused(module.build(null), "the custom section xwasm.abi is missing");
        refused(module.build("{"), "is no interface");
        refused(
                module.build("{\"name\": \"a\", \"version\": \"one\", \"stateSchema\": 1}"),
                "the version 'one' is not of the form 1.0.0");
        refused(
                module.build("{\"name\": \"a\", \"version\": \"1.0.0\", \"stateSchema\": 1}"),
                "function 0 ('x') is not in the interface section");
        refused(
                module.build(
                        "{\"name\": \"a\", \"version\": \"1.0.0\", \"stateSchema\": 1, \"methods\":"
                                + " [{\"name\": \"x\"}, {\"name\": \"y\"}]}"),
                "declares 'y', which the module does not export");
    }

    /** Also where a reader would skip the bytes: found by fuzzing. */
    @Test
    void an_interface_that_is_no_text_is_refused() {
        var wasm =
                new HandMadeModule()
                        .method("x", 0)
                        .build(
                                "{\"name\": \"a\", \"version\": \"1.0.0\", \"stateSchema\": 1, \"meth?ds\": [{\"name\": \"x\"}]}");
        wasm[new String(wasm, ISO_8859_1).indexOf("meth?ds") + 4] = (byte) 0xFF;

        refused(wasm, "the section xwasm.abi is not UTF-8");
    }

    @Test
    void damaged_modules_are_refused_or_run_but_never_break_the_machine() {
        var whole = ShippedContracts.code("probe");
        int rounds = Integer.getInteger("damaged.rounds", 300);
        var random = new Random(7);
        int taken = 0;
        for (int round = 0; round < rounds; round++) {
            var damaged = whole.clone();
            for (int i = 0; i <= round % 3; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            taken += endsSomehow(damaged) ? 1 : 0;
        }
        assertThat(taken).isBetween(1, rounds - 1);
    }

    /** Whether it was taken; then its methods return or fail, and nothing is thrown. */
    private static boolean endsSomehow(byte[] damaged) {
        var world = new InMemoryWorld();
        var at = Sandbox.account("damaged");
        try (var vm = new ChicoryContractVm()) {
            var description = vm.install(damaged);
            world.place(at, world.upload(damaged));
            for (var method : description.contractInterface().methods()) {
                var outcome =
                        vm.call(
                                new Invocation(
                                        Sandbox.account("anybody"),
                                        at,
                                        method.name(),
                                        new byte[20],
                                        BigInteger.ZERO,
                                        100_000,
                                        new BlockContext(1, 1),
                                        Hash.ZERO),
                                world);
                assertThat(outcome.gasUsed()).isBetween(0L, 100_000L);
            }
            return true;
        } catch (CodeRefused refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
            return false;
        }
    }

    private byte[] method(int... code) {
        return new HandMadeModule().method("x", 0, code).build();
    }

    private void refused(byte[] wasm, String because) {
        ThrowingCallable installing = () -> vm.install(wasm);
        assertThatThrownBy(installing)
                .isInstanceOf(CodeRefused.class)
                .hasMessageContaining(because);
    }
}
