package io.xwasm.agent.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * The largest modules that are taken, made as hard to compile as can be: none may hold a node up
 * for long. A node alone takes a fraction of what is allowed here, beside a whole build less.
 */
class CompileTimeTest {
    private static final long LONGEST_NANOS = 10_000_000_000L;

    /** So that no function becomes larger than the JVM's may be. */
    private static final int TURNS_PER_FUNCTION = 1_000;

    @Test
    void a_module_of_calls_that_could_recurse_is_compiled_in_time() {
        compilesInTime(GuestCode::new, code -> code.call(0));
    }

    @Test
    void a_module_of_branches_among_many_variables_is_compiled_in_time() {
        compilesInTime(
                () -> new GuestCode().variables("i".repeat(VmLimits.LOCALS)),
                code -> code.open(Opcodes.LOOP).get(0).with(Opcodes.BR_IF, 0).end());
    }

    @Test
    void a_module_of_conditions_is_compiled_in_time() {
        compilesInTime(
                () -> new GuestCode().variables("i"), code -> code.get(0).open(Opcodes.IF).end());
    }

    @Test
    void a_module_of_plain_instructions_is_compiled_in_time() {
        var module = new GuestModule();
        int bytes = 0;
        while (bytes < VmLimits.MODULE_BYTES - 16_000) {
            var code = new GuestCode().variables("i");
            while (code.size() < 8_000) {
                code.get(0).i32(1).op(Opcodes.I32_ADD).set(0);
            }
            bytes += code.size() + 10;
            module.function("", "", code);
        }
        compilesInTime(module);
    }

    /** As many functions of these parts as the limits allow. */
    private static void compilesInTime(Supplier<GuestCode> begin, Consumer<GuestCode> part) {
        var once = begin.get();
        part.accept(once);
        int turns = turnsOf(once);
        var module = new GuestModule();
        int left = VmLimits.TURNS - 1;
        int bytes = 0;
        while (left > TURNS_PER_FUNCTION && bytes < VmLimits.MODULE_BYTES - 40_000) {
            var code = begin.get();
            int used = 1;
            for (; used + turns <= TURNS_PER_FUNCTION; used += turns) {
                part.accept(code);
            }
            left -= used;
            bytes += code.body().length + 3;
            module.function("", "", code);
        }
        compilesInTime(module);
    }

    private static int turnsOf(GuestCode once) {
        var alone = new GuestModule();
        int self = alone.function("", "", once);
        var outline = OutlineReader.read(alone.method("x", new GuestCode()).build());
        return FunctionShape.read(outline, self).turns() - 1;
    }

    private static void compilesInTime(GuestModule module) {
        var wasm = module.method("x", new GuestCode()).build();
        var threads = ManagementFactory.getThreadMXBean();
        long began = threads.getCurrentThreadCpuTime();
        try (var vm = new ChicoryContractVm()) {
            vm.install(wasm);
        }
        long took = threads.getCurrentThreadCpuTime() - began;
        System.out.printf("%d bytes compiled in %d ms%n", wasm.length, took / 1_000_000);
        assertThat(took).isLessThan(LONGEST_NANOS);
    }
}
