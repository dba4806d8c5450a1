package io.xwasm.agent.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every limit on a module: what just fits is taken, one more is refused with its place. */
class ModuleLimitsTest {
    private static final int FUNCTIONS = 40;

    private final ContractVm vm = new ChicoryContractVm();

    @AfterEach
    void close() {
        vm.close();
    }

    @Test
    void a_module_has_at_most_one_mebibyte() {
        // What a custom section adds besides its content: id, length, name.
        int rest = VmLimits.MODULE_BYTES - withPadding(100_000).length + 100_000;

        assertThat(withPadding(rest)).hasSize(VmLimits.MODULE_BYTES);
        vm.install(withPadding(rest));
        refused(withPadding(rest + 1), "the module has 1048577 bytes, the limit is 1048576");
    }

    private static byte[] withPadding(int bytes) {
        return new GuestModule()
                .method("x", new GuestCode())
                .custom("padding", new byte[bytes])
                .build();
    }

    @Test
    void a_module_has_at_most_4096_functions() {
        limited(VmLimits.FUNCTIONS, n -> functions(n).build(), "at offset 0x", "4097 functions");
    }

    private static GuestModule functions(int count) {
        var module = new GuestModule().method("x", new GuestCode());
        for (int i = 1; i < count; i++) {
            module.function("", "", new GuestCode());
        }
        return module;
    }

    @Test
    void a_function_has_at_most_64_kibibytes() {
        // Besides the instructions: a zero for no variables, and an end.
        limited(
                VmLimits.FUNCTION_BYTES,
                n -> {
                    var code = new GuestCode().op(new int[n - 2]);
                    return new GuestModule().method("x", code).build();
                },
                "65537 bytes in function 0",
                "the limit is 65536");
    }

    @Test
    void a_function_that_becomes_too_large_for_a_method_of_the_java_machine_is_refused() {
        var code = new GuestCode().variables("i");
        for (int i = 0; i < 4_000; i++) {
            code.op(Opcodes.LOCAL_GET, 0).open(Opcodes.IF).end();
        }

        refused(
                new GuestModule().method("x", code).build(),
                "the module cannot be compiled: WASM function size exceeds the Java method size"
                        + " limits");
    }

    @Test
    void a_module_has_at_most_65536_calls_and_ends_of_runs() {
        var most = new GuestModule();
        for (int i = 0; i < 8; i++) {
            // A block's end is one, the function's own end another.
            var code = new GuestCode();
            for (int turn = 1; turn < VmLimits.TURNS / 8; turn++) {
                code.open(Opcodes.BLOCK).end();
            }
            most.function("", "", code);
        }
        refused(
                most.method("x", new GuestCode()).build(),
                "the module has 65537 calls and ends of runs, the limit is 65536");
    }

    @Test
    void calls_count_as_ends_of_runs_do() {
        limited(
                VmLimits.TURNS - FUNCTIONS - 2,
                n -> {
                    var module = new GuestModule();
                    int leaf = module.function("", "", new GuestCode());
                    for (int i = 0; i < FUNCTIONS; i++) {
                        int count = n / FUNCTIONS + (i < n % FUNCTIONS ? 1 : 0);
                        module.function("", "", calls(leaf, count));
                    }
                    return module.method("x", new GuestCode()).build();
                },
                "the module has 65537 calls and ends of runs, the limit is 65536");
    }

    private static GuestCode calls(int function, int count) {
        var code = new GuestCode();
        for (int i = 0; i < count; i++) {
            code.call(function);
        }
        return code;
    }

    @Test
    void a_function_has_at_most_512_variables() {
        limited(
                VmLimits.LOCALS,
                n ->
                        new GuestModule()
                                .method("x", new GuestCode().variables("I".repeat(n)))
                                .build(),
                "function 0 ('x') at offset 0x",
                "513");
    }

    @Test
    void parameters_are_variables_too() {
        limited(
                VmLimits.LOCALS - 2,
                n -> {
                    var module = new GuestModule().method("x", new GuestCode());
                    module.function("ii", "", new GuestCode().variables("I".repeat(n)));
                    return module.build();
                },
                "function 1 at offset 0x",
                "513 variables, the limit is 512");
    }

    @Test
    void a_function_holds_at_most_1024_operands() {
        limited(
                VmLimits.OPERANDS,
                n -> {
                    var code = new GuestCode();
                    for (int i = 0; i < n; i++) {
                        code.i32(i);
                    }
                    for (int i = 0; i < n; i++) {
                        code.drop();
                    }
                    return new GuestModule().method("x", code).build();
                },
                "function 0 ('x') at offset 0x",
                "more than 1024 operands");
    }

    @Test
    void blocks_are_nested_at_most_256_deep() {
        limited(
                VmLimits.NESTING,
                n -> {
                    var code = new GuestCode();
                    for (int i = 0; i < n; i++) {
                        code.open(Opcodes.BLOCK);
                    }
                    for (int i = 0; i < n; i++) {
                        code.end();
                    }
                    return new GuestModule().method("x", code).build();
                },
                "function 0 ('x') at offset 0x",
                "nested more than 256 deep");
    }

    @Test
    void a_module_has_at_most_1024_types() {
        limited(
                VmLimits.TYPES,
                n -> {
                    var module = new GuestModule().method("x", new GuestCode());
                    for (int i = 1; i < n; i++) {
                        module.anotherType("i", "");
                    }
                    return module.build();
                },
                "at offset 0x",
                "1025 types");
    }

    @Test
    void a_function_takes_at_most_32_parameters() {
        limited(
                VmLimits.PARAMETERS,
                n -> withFunction("i".repeat(n), "", new GuestCode()),
                "at offset 0x",
                "33 parameters");
    }

    @Test
    void a_function_gives_at_most_8_results() {
        limited(
                VmLimits.RESULTS,
                n -> {
                    var code = new GuestCode();
                    for (int i = 0; i < n; i++) {
                        code.i64(i);
                    }
                    return withFunction("", "I".repeat(n), code);
                },
                "at offset 0x",
                "9 results");
    }

    private static byte[] withFunction(String parameters, String results, GuestCode code) {
        var module = new GuestModule().method("x", new GuestCode());
        module.function(parameters, results, code);
        return module.build();
    }

    @Test
    void a_module_has_at_most_256_globals() {
        limited(
                VmLimits.GLOBALS,
                n -> {
                    var module = new GuestModule().method("x", new GuestCode());
                    for (int i = 0; i < n; i++) {
                        module.global('I', i);
                    }
                    return module.build();
                },
                "at offset 0x",
                "257 globals");
    }

    @Test
    void a_module_has_at_most_1024_exports() {
        // One of them is the memory.
        limited(
                VmLimits.EXPORTS - 1,
                n -> {
                    var module = new GuestModule();
                    for (int i = 0; i < n; i++) {
                        module.method("m" + i, new GuestCode());
                    }
                    return module.build();
                },
                "at offset 0x",
                "1025 exports");
    }

    @Test
    void a_table_has_at_most_4096_entries() {
        limited(
                VmLimits.TABLE_ENTRIES,
                n -> new GuestModule().method("x", new GuestCode()).table(n).build(),
                "at offset 0x",
                "4097 entries in a table");
    }

    @Test
    void a_segment_may_not_leave_its_table() {
        var module = new GuestModule().method("x", new GuestCode()).table(4);

        vm.install(module.element(3, List.of(0)).build());
        refused(module.element(3, Collections.nCopies(2, 0)).build(), "cannot be compiled");
    }

    @Test
    void a_branch_table_has_at_most_4096_targets() {
        limited(
                VmLimits.TABLE_ENTRIES,
                n -> {
                    var code = new GuestCode().open(Opcodes.BLOCK).i32(0);
                    code.with(Opcodes.BR_TABLE, n);
                    return new GuestModule().method("x", code.raw(new byte[n + 1]).end()).build();
                },
                "function 0 ('x') at offset 0x",
                "4097 branch targets");
    }

    @Test
    void a_memory_begins_with_at_most_16_pages() {
        limited(
                VmLimits.MEMORY_PAGES,
                n -> new GuestModule().method("x", new GuestCode()).memory(n, -1).build(),
                "at offset 0x",
                "17 pages of memory");
    }

    @Test
    void data_may_not_leave_its_memory() {
        var module = new GuestModule().method("x", new GuestCode());

        vm.install(module.data(65_535, new byte[] {1}).build());
        refused(module.data(65_535, new byte[] {1, 2}).build(), "cannot be compiled");
    }

    @Test
    void floats_in_a_signature_are_refused_with_the_function() {
        refused(
                withFunction("F", "", new GuestCode()),
                "function 1 at offset 0x12: (f64) -> () has floating-point or SIMD types");
        refused(
                new GuestModule().method("x", new GuestCode()).anotherType("", "v").build(),
                "type 1 at offset 0x12: () -> (v128) has floating-point or SIMD types");
    }

    @Test
    void an_unknown_import_is_refused_with_the_function_and_the_offset() {
        var module = new GuestModule();
        module.imports(HostImport.CALLER);
        module.imports("wasi_snapshot_preview1", "fd_write", 0);

        refused(
                module.method("x", new GuestCode()).build(),
                "at offset 0x45: function 1: the import 'wasi_snapshot_preview1.fd_write' is"
                        + " unknown");
    }

    private void limited(int limit, IntFunction<byte[]> module, String... because) {
        vm.install(module.apply(limit));
        refused(module.apply(limit + 1), because);
    }

    private void refused(byte[] wasm, String... because) {
        assertThatThrownBy(() -> vm.install(wasm))
                .isInstanceOf(CodeRefused.class)
                .hasMessageContainingAll(because);
    }
}
