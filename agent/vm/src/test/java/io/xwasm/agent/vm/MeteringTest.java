package io.xwasm.agent.vm;

import static io.xwasm.agent.vm.Sandbox.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Hash;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every call ends, costs the same everywhere, and cannot harm the machine. */
class MeteringTest {
    private static final Address ALICE = account("alice");

    private final Sandbox sandbox = new Sandbox();
    private final Address probe = sandbox.deploy("probe", "probe", "");

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void an_endless_loop_ends_when_its_gas_is_spent() {
        var outcome = sandbox.send(ALICE, probe, "spin", "", 0, 1_000_000);

        assertThat(outcome)
                .isEqualTo(new Outcome.Failed(FailureKind.OUT_OF_GAS, "out of gas", 1_000_000));
    }

    @Test
    void an_empty_endless_loop_ends_too() {
        // loop, br 0, end
        var loop = deploy(new HandMadeModule().method("x", 0, 0x03, 0x40, 0x0C, 0, 0x0B));

        assertThat(run(loop, 100_000).kind()).isEqualTo(FailureKind.OUT_OF_GAS);
    }

    @Test
    void without_gas_nothing_runs() {
        assertThat(sandbox.send(ALICE, probe, "spin", "", 0, 0))
                .isEqualTo(new Outcome.Failed(FailureKind.OUT_OF_GAS, "out of gas", 0));
    }

    @Test
    void out_of_gas_at_any_point_leaves_nothing() {
        var before = sandbox.world().snapshot();
        var arguments = "{\"key\": \"a\", \"value\": \"010203\"}";
        long needed = Sandbox.require(sandbox.send(ALICE, probe, "keep", arguments)).gasUsed();
        sandbox.world().rewind(0);
        sandbox.world().place(probe, sandbox.upload("probe"));

        for (long gas = 0; gas < needed; gas += 13) {
            var failed = Sandbox.failure(sandbox.send(ALICE, probe, "keep", arguments, 0, gas));
            assertThat(failed.kind()).isEqualTo(FailureKind.OUT_OF_GAS);
            assertThat(failed.gasUsed()).isEqualTo(gas);
        }

        assertThat(sandbox.world().snapshot()).isEqualTo(before);
        assertThat(sandbox.send(ALICE, probe, "keep", arguments, 0, needed))
                .isInstanceOf(Outcome.Returned.class);
    }

    @Test
    void deep_recursion_is_an_error_and_not_a_crash() {
        assertThat(sandbox.call(ALICE, probe, "recurse", "{\"depth\": 200}").asString())
                .isEqualTo("200");
        assertThat(sandbox.refused(ALICE, probe, "recurse", "{\"depth\": 1000000}").kind())
                .isEqualTo(FailureKind.DEPTH_EXCEEDED);
    }

    @Test
    void recursion_with_the_largest_frames_fits_the_smallest_stack() throws Exception {
        // 512 variables and 1000 operands, all in use when the function calls itself
        var code = new ArrayList<Integer>();
        for (int i = 0; i < 900; i++) {
            code.add(0x20);
            code.add(i % 128);
        }
        code.add(0x10);
        code.add(0);
        for (int i = 0; i < 900; i++) {
            code.add(0x1A);
        }
        var greedy =
                deploy(
                        new HandMadeModule()
                                .method(
                                        "x",
                                        512,
                                        code.stream().mapToInt(Integer::intValue).toArray()));
        endsAlikeOnEveryStack(greedy);
    }

    @Test
    void recursion_of_a_small_function_fits_the_smallest_stack() throws Exception {
        var endless = deploy(new HandMadeModule().method("x", 0, 0x10, 0));

        endsAlikeOnEveryStack(endless);
    }

    @Test
    void indirect_recursion_fits_the_smallest_stack() throws Exception {
        // i32.const 0, call_indirect
        var endless = deploy(new HandMadeModule().withTable().method("x", 0, 0x41, 0, 0x11, 0, 0));

        endsAlikeOnEveryStack(endless);
    }

    @Test
    void traps_are_failures_with_a_reason() {
        assertThat(sandbox.refused(ALICE, probe, "trap", "").message())
                .isEqualTo("the code trapped: Trapped on unreachable instruction");
        assertThat(sandbox.refused(ALICE, probe, "read_outside", "").kind())
                .isEqualTo(FailureKind.TRAP);
        assertThat(sandbox.refused(ALICE, probe, "emit_outside", "").kind())
                .isEqualTo(FailureKind.TRAP);
        assertThat(sandbox.refused(ALICE, probe, "panic", "").message())
                .isEqualTo("the contract panicked");
        // i64.const 1, i64.const 0, i64.div_s, drop; then the smallest i64 by -1
        var byZero = deploy(new HandMadeModule().method("x", 0, 0x42, 1, 0x42, 0, 0x7F, 0x1A));
        assertThat(run(byZero, 100_000).kind()).isEqualTo(FailureKind.TRAP);
        var overflow =
                deploy(
                        new HandMadeModule()
                                .method(
                                        "x", 0, 0x42, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
                                        0x80, 0x80, 0x7F, 0x42, 0x7F, 0x7F, 0x1A));
        assertThat(run(overflow, 100_000).kind()).isEqualTo(FailureKind.TRAP);
    }

    @Test
    void memory_grows_to_its_limit_at_a_price_and_no_further() {
        var grown = Sandbox.require(sandbox.send(ALICE, probe, "grow", "{\"pages\": 15}"));

        assertThat(grown.gasUsed()).isGreaterThan(16L * GasCosts.PER_GROWN_PAGE);
        assertThat(sandbox.call(ALICE, probe, "grow", "{\"pages\": 16}").asLong())
                .isEqualTo(0xFFFF_FFFFL);
        assertThat(sandbox.send(ALICE, probe, "grow", "{\"pages\": 15}", 0, 300_000))
                .extracting(o -> Sandbox.failure(o).kind())
                .isEqualTo(FailureKind.OUT_OF_GAS);
    }

    @Test
    void however_a_function_is_left_all_turns_of_its_loop_are_paid() {
        var ways =
                Map.of(
                        "its end",
                        new int[] {},
                        "return",
                        new int[] {0x0F},
                        "br",
                        new int[] {0x0C, 0},
                        "br out of a block",
                        new int[] {0x02, 0x40, 0x0C, 1, 0x0B},
                        "br_if",
                        new int[] {0x41, 1, 0x0D, 0},
                        "br_table",
                        new int[] {0x41, 0, 0x0E, 0, 0},
                        "br_table out of a block",
                        new int[] {0x02, 0x40, 0x41, 1, 0x0E, 1, 0, 1, 0x0B},
                        "unreachable",
                        new int[] {0x00},
                        "a division by zero",
                        new int[] {0x42, 1, 0x42, 0, 0x7F, 0x1A},
                        "a load from outside",
                        new int[] {0x41, 0x7F, 0x29, 0, 0, 0x1A});
        // The numbers and variables of a turn, sub, ne, br_if.
        long turn = 1L + 1 + 1 + GasCosts.of(Opcodes.BR_IF);

        ways.forEach((way, code) ->
                assertThat(gasOfCounting(60, code) - gasOfCounting(10, code))
                        .as(way)
                        .isEqualTo(50 * turn));
    }

    /** Counts down without touching memory, then goes on with this. */
    private long gasOfCounting(int turns, int... rest) {
        var code = new ArrayList<Integer>();
        code.addAll(List.of(0x42, turns, 0x21, 0, 0x03, 0x40));
        code.addAll(List.of(0x20, 0, 0x42, 1, 0x7D, 0x22, 0, 0x42, 0, 0x52, 0x0D, 0, 0x0B));
        for (int octet : rest) {
            code.add(octet);
        }
        return outcome(code).gasUsed();
    }

    /** Of a method with one variable. */
    private Outcome outcome(List<Integer> code) {
        var octets = code.stream().mapToInt(Integer::intValue).toArray();
        var at = deploy(new HandMadeModule().method("x", 1, octets));
        return sandbox.send(ALICE, at, "x", new byte[] {}, 0, Sandbox.PLENTY);
    }

    @Test
    void growing_costs_by_the_size_that_is_reached_and_nothing_when_nothing_is_asked_for() {
        long none = gasOfGrowing(0);

        assertThat(none).isLessThan(GasCosts.PER_GROWN_PAGE);
        assertThat(gasOfGrowing(1)).isEqualTo(none + 2L * GasCosts.PER_GROWN_PAGE);
        assertThat(gasOfGrowing(0, 1)).isEqualTo(gasOfGrowing(1, 0));
        assertThat(gasOfGrowing(3, 2))
                .isEqualTo(gasOfGrowing(0, 0) + (4L + 6L) * GasCosts.PER_GROWN_PAGE);
    }

    /** Of a memory that has one page at first. */
    private long gasOfGrowing(int... pages) {
        var code = new ArrayList<Integer>();
        for (int more : pages) {
            code.addAll(List.of(0x41, more, 0x40, 0, 0x1A));
        }
        return Sandbox.require(outcome(code)).gasUsed();
    }

    @Test
    void filling_memory_costs_by_its_size() {
        // memory.fill of 65,536 bytes: i32.const 0, 0, 65536
        var fill =
                deploy(
                        new HandMadeModule()
                                .method(
                                        "x", 0, 0x41, 0, 0x41, 0, 0x41, 0x80, 0x80, 4, 0xFC, 0x0B,
                                        0));
        var outcome = sandbox.send(ALICE, fill, "x", new byte[] {}, 0, Sandbox.PLENTY);

        assertThat(Sandbox.require(outcome).gasUsed()).isGreaterThan(65_536 >> GasCosts.BULK_SHIFT);
    }

    @Test
    void an_instance_that_was_used_is_as_clean_as_a_new_one_and_costs_the_same() {
        var first = Sandbox.require(sandbox.send(ALICE, probe, "scribble", ""));
        var second = Sandbox.require(sandbox.send(ALICE, probe, "scribble", ""));
        try (var fresh = new Sandbox()) {
            var elsewhere = fresh.deploy("probe", "probe", "");
            var third = Sandbox.require(fresh.send(ALICE, elsewhere, "scribble", ""));

            assertThat(first.result()).isEqualTo(new byte[] {1});
            assertThat(second.result()).isEqualTo(new byte[] {1});
            assertThat(second.gasUsed()).isEqualTo(first.gasUsed()).isEqualTo(third.gasUsed());
        }
    }

    @Test
    void an_instance_is_clean_after_growth_a_trap_and_a_refusal() {
        sandbox.call(ALICE, probe, "grow", "{\"pages\": 5}");
        sandbox.refused(ALICE, probe, "trap", "");
        sandbox.refused(ALICE, probe, "revert_with", "{\"kind\": 13, \"message\": \"no\"}");

        assertThat(sandbox.call(ALICE, probe, "scribble", "").asBoolean()).isTrue();
        assertThat(sandbox.call(ALICE, probe, "grow", "{\"pages\": 0}").asInt()).isEqualTo(1);
    }

    @Test
    void the_same_calls_cost_the_same_gas_in_any_machine() {
        assertThat(gasOfASwap()).isEqualTo(gasOfASwap());
    }

    @Test
    void many_threads_use_one_machine() throws Exception {
        var vm = sandbox.vm();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Callable<Outcome>>();
            for (int i = 0; i < 400; i++) {
                answers.add(() -> {
                    var world = new InMemoryWorld();
                    world.place(probe, world.upload(code()));
                    return vm.call(
                            new Invocation(
                                    ALICE,
                                    probe,
                                    "recurse",
                                    new byte[] {50, 0, 0, 0, 0, 0, 0, 0},
                                    BigInteger.ZERO,
                                    Sandbox.PLENTY,
                                    new BlockContext(1, 1),
                                    Hash.ZERO),
                            world);
                });
            }
            var gas = new ArrayList<Long>();
            for (var future : threads.invokeAll(answers)) {
                gas.add(Sandbox.require(future.get()).gasUsed());
            }
            assertThat(gas).hasSize(400).containsOnly(gas.getFirst());
        }
    }

    @Test
    void an_interrupted_thread_does_not_blame_the_contract() throws Exception {
        var task =
                new FutureTask<>(() -> {
                    Thread.currentThread().interrupt();
                    return sandbox.send(ALICE, probe, "spin", "", 0, Long.MAX_VALUE);
                });
        Thread.ofPlatform().start(task);

        assertThatThrownBy(task::get).hasCauseInstanceOf(CallInterrupted.class);
    }

    private static byte[] code() {
        return ShippedContracts.code("probe");
    }

    private static long gasOfASwap() {
        try (var sandbox = new Sandbox()) {
            var exchange = Exchange.behindProxy(sandbox);
            return sandbox.send(
                            Exchange.TRADER, exchange.dex(), "swap", exchange.swapArguments(100, 1))
                    .gasUsed();
        }
    }

    private Address deploy(HandMadeModule module) {
        var wasm = module.build();
        var hash = sandbox.world().upload(wasm);
        sandbox.vm().install(wasm);
        var at = account(hash.toString());
        sandbox.world().place(at, hash);
        return at;
    }

    private Outcome.Failed run(Address contract, long gas) {
        return Sandbox.failure(sandbox.send(ALICE, contract, "x", new byte[] {}, 0, gas));
    }

    /** The counter decides, not the thread: or the same call would end differently elsewhere. */
    private void endsAlikeOnEveryStack(Address contract) throws Exception {
        var expected = onStack(256 << 20, () -> run(contract, 1_000_000_000));
        assertThat(expected.kind()).isEqualTo(FailureKind.DEPTH_EXCEEDED);
        for (int i = 0; i < 3; i++) {
            // Half of the stack that threads have by default.
            assertThat(onStack(512 << 10, () -> run(contract, 1_000_000_000))).isEqualTo(expected);
        }
        try (var virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(virtual.submit(() -> run(contract, 1_000_000_000)).get())
                    .isEqualTo(expected);
        }
    }

    private static <T> T onStack(long bytes, Callable<T> work) throws Exception {
        var task = new FutureTask<>(work);
        new Thread(null, task, "stack of " + bytes, bytes).start();
        return task.get();
    }
}
