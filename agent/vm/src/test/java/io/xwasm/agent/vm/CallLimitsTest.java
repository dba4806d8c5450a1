package io.xwasm.agent.vm;

import static io.xwasm.agent.vm.Sandbox.account;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.protocol.Address;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every limit on a call: what just fits goes well, one more is a typed failure that names it. */
class CallLimitsTest {
    private static final Address ALICE = account("alice");
    private static final long PLENTY = 1_000_000_000;

    private final Sandbox sandbox = new Sandbox();
    private int placed;

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void a_key_has_at_most_512_bytes() {
        limited(
                VmLimits.KEY_BYTES,
                n -> calling(HostImport.STORAGE_SET, 0, n, 0, 0),
                "513 bytes in a key, the limit is 512");
        limited(
                VmLimits.KEY_BYTES,
                n -> calling(HostImport.STORAGE_GET, 0, n, 0, 0),
                "513 bytes in a key, the limit is 512");
        limited(
                VmLimits.KEY_BYTES,
                n -> calling(HostImport.STORAGE_REMOVE, 0, n),
                "513 bytes in a key, the limit is 512");
    }

    @Test
    void a_value_has_at_most_128_kibibytes() {
        limited(
                VmLimits.VALUE_BYTES,
                n -> calling(HostImport.STORAGE_SET, 0, 1, 0, n),
                "131073 bytes in a value, the limit is 131072");
    }

    @Test
    void a_call_writes_at_most_4096_times() {
        limited(
                VmLimits.WRITES,
                n -> repeating(n, HostImport.STORAGE_SET, 0, 1, 0, 8),
                "more than 4096 writes in one call");
        limited(
                VmLimits.WRITES,
                n -> repeating(n, HostImport.STORAGE_REMOVE, 0, 1),
                "more than 4096 writes in one call");
    }

    @Test
    void writes_of_callees_count_also_when_they_are_undone() {
        var module = new GuestModule();
        int set = module.imports(HostImport.STORAGE_SET);
        var writesAndTraps = new GuestCode().variables("i");
        writesAndTraps.times(1000, 0, new GuestCode().call(set, 0, 1, 0, 8));
        var callee =
                place(module.method("x", writesAndTraps.op(Opcodes.UNREACHABLE)).memory(4, -1));

        var caller = new GuestModule();
        int call = caller.imports(HostImport.CALL);
        int write = caller.imports(HostImport.STORAGE_SET);
        caller.data(0, callee.bytes()).data(32, new byte[] {'x'});
        var code = new GuestCode().variables("i");
        code.times(4, 0, callX(call).drop());
        code.times(97, 0, new GuestCode().call(write, 0, 1, 0, 8));
        var at = place(caller.method("x", code));

        assertThat(failure(at)).isEqualTo("LIMIT_EXCEEDED: more than 4096 writes in one call");
    }

    private static GuestCode callX(int call) {
        return new GuestCode().i32(0).i32(32).i32(1).i32(0).i32(0).i32(0).i64(0).call(call);
    }

    @Test
    void an_event_has_at_most_64_kibibytes() {
        limited(
                VmLimits.EVENT_BYTES,
                n -> calling(HostImport.EMIT, 0, 1, 0, n),
                "65537 bytes in an event, the limit is 65536");
    }

    @Test
    void a_topic_has_at_most_128_bytes() {
        limited(
                VmLimits.TOPIC_BYTES,
                n -> calling(HostImport.EMIT, 0, n, 0, 0),
                "129 bytes in a topic, the limit is 128");
    }

    @Test
    void a_call_announces_at_most_1024_events() {
        limited(
                VmLimits.EVENTS,
                n -> repeating(n, HostImport.EMIT, 0, 1, 0, 0),
                "more than 1024 events in one call");
    }

    @Test
    void a_result_has_at_most_256_kibibytes() {
        limited(
                VmLimits.RESULT_BYTES,
                n -> calling(HostImport.RET, 0, n),
                "262145 bytes in a result, the limit is 262144");
        var largest = calling(HostImport.RET, 0, VmLimits.RESULT_BYTES);
        assertThat(Sandbox.require(run(place(largest))).result()).hasSize(VmLimits.RESULT_BYTES);
    }

    @Test
    void arguments_have_at_most_256_kibibytes() {
        var callee = place(new GuestModule().method("x", new GuestCode()));

        limited(
                VmLimits.ARGUMENT_BYTES,
                n -> {
                    var module = new GuestModule();
                    int call = module.imports(HostImport.CALL);
                    var code = new GuestCode().i32(0).i32(32).i32(1).i32(0).i32(n).i32(0);
                    module.method("x", code.i64(0).call(call).drop()).memory(5, -1);
                    return module.data(0, callee.bytes()).data(32, new byte[] {'x'});
                },
                "262145 bytes of arguments, the limit is 262144");
    }

    @Test
    void a_methods_name_has_at_most_128_bytes() {
        limited(
                VmLimits.METHOD_BYTES,
                n -> {
                    var module = new GuestModule();
                    int call = module.imports(HostImport.CALL);
                    var code = new GuestCode().i32(0).i32(0).i32(n).i32(0).i32(0).i32(0);
                    return module.method("x", code.i64(0).call(call).drop());
                },
                "129 bytes in a method's name, the limit is 128");
    }

    @Test
    void a_message_is_cut_at_1024_bytes() {
        var module = new GuestModule();
        int revert = module.imports(HostImport.REVERT);
        var at = place(module.method("x", new GuestCode().call(revert, 13, 0, 60_000)));

        assertThat(Sandbox.failure(run(at)).message()).hasSize(VmLimits.MESSAGE_BYTES);
    }

    @Test
    void functions_call_one_another_as_deep_as_the_stack_units_reach() {
        // Two variables, one operand at most: 16 + 2 + 1 units for each call but the leaf.
        assertThat(run(place(diving(800)))).isInstanceOf(Outcome.Returned.class);
        assertThat(failure(place(diving(1000))))
                .isEqualTo("DEPTH_EXCEEDED: the calls of this call are too deep");
    }

    /** A function that calls itself so many times. */
    private static GuestModule diving(int depth) {
        var module = new GuestModule();
        var code = new GuestCode().get(0).open(Opcodes.IF).get(0).i32(1);
        int dive = module.function("i", "", code.op(Opcodes.I32_SUB).call(0).end());
        return module.method("x", new GuestCode().i32(depth).call(dive));
    }

    @Test
    void contracts_wait_for_one_another_at_most_8_deep() {
        assertThat(run(chain(VmLimits.CALL_DEPTH))).isInstanceOf(Outcome.Returned.class);
        assertThat(failure(chain(VmLimits.CALL_DEPTH + 1)))
                .isEqualTo("STATE: DEPTH_EXCEEDED in the callee");
    }

    /** So many contracts, each of which calls the next and fails when it does. */
    private Address chain(int contracts) {
        var last = place(new GuestModule().method("x", new GuestCode()));
        for (int i = 1; i < contracts; i++) {
            var module = new GuestModule();
            int call = module.imports(HostImport.CALL);
            int revert = module.imports(HostImport.REVERT);
            var message = "DEPTH_EXCEEDED in the callee".getBytes(UTF_8);
            var code = callX(call).op(Opcodes.I32_EQZ, Opcodes.I32_EQZ).open(Opcodes.IF);
            code.call(revert, FailureKind.STATE.code(), 64, message.length).end();
            module.data(0, last.bytes()).data(32, new byte[] {'x'}).data(64, message);
            last = place(module.method("x", code));
        }
        return last;
    }

    @Test
    void memory_grows_to_16_pages_and_no_further() {
        var module = new GuestModule();
        int ret = module.imports(HostImport.RET);
        var code = new GuestCode().i32(0).i32(15).with(Opcodes.MEMORY_GROW, 0).drop();
        code.i32(1).with(Opcodes.MEMORY_GROW, 0).with(0x36, 2, 0).call(ret, 0, 4);
        var at = place(module.method("x", code));

        assertThat(Sandbox.require(run(at)).result()).containsExactly(0xFF, 0xFF, 0xFF, 0xFF);
    }

    private static GuestModule calling(HostImport function, int... arguments) {
        return repeating(1, function, arguments);
    }

    private static GuestModule repeating(int times, HostImport function, int... arguments) {
        var module = new GuestModule().memory(5, -1);
        int imported = module.imports(function);
        var once = new GuestCode().call(imported, arguments);
        if (!function.results().isEmpty()) {
            once.drop();
        }
        return module.method("x", new GuestCode().variables("i").times(times, 0, once));
    }

    private void limited(int limit, IntFunction<GuestModule> module, String because) {
        assertThat(run(place(module.apply(limit)))).isInstanceOf(Outcome.Returned.class);
        assertThat(failure(place(module.apply(limit + 1)))).isEqualTo("LIMIT_EXCEEDED: " + because);
    }

    private Address place(GuestModule module) {
        return sandbox.place(module.build(), "guest-" + placed++);
    }

    private Outcome run(Address at) {
        return sandbox.send(ALICE, at, "x", new byte[] {}, 0, PLENTY);
    }

    private String failure(Address at) {
        var failed = Sandbox.failure(run(at));
        return failed.kind() + ": " + failed.message();
    }
}
