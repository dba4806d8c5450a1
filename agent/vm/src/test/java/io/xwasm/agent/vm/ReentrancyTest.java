package io.xwasm.agent.vm;

import static io.xwasm.agent.vm.Sandbox.account;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.GroupId;
import java.math.BigInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A contract that waits is entered again only by a method that says it can bear that. */
class ReentrancyTest {
    private static final Address ALICE = account("alice");
    private static final String REENTRANT = "\"reentrant\": true";
    private static final int REFUSED = FailureKind.REENTRANCY.code() + 1;

    private final Sandbox sandbox = new Sandbox();
    private final Address pool = Address.ofContract(new GroupId("sandbox"), "pool");

    /** Calls the method {@code back} of whoever the pool is, and gives what that answered. */
    private final Address borrower = sandbox.place(calling(pool, "back", 0), "borrower");

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void by_default_a_contract_at_work_cannot_be_entered() {
        place(withMethodBack(""));

        assertThat(lend()).isEqualTo(REFUSED);
    }

    @Test
    void a_method_that_is_declared_reentrant_is_entered_and_sees_what_was_written() {
        place(withMethodBack(REENTRANT));

        assertThat(lend()).isZero();
        assertThat(sandbox.world().storage(pool, new byte[] {'k'})).containsExactly('s', 'b');
    }

    @Test
    void declaring_it_false_is_not_declaring_it() {
        place(withMethodBack("\"reentrant\": false"));

        assertThat(lend()).isEqualTo(REFUSED);
    }

    @Test
    void what_is_neither_true_nor_false_is_refused_at_deployment() {
        var wasm = new GuestModule().method("x", "\"reentrant\": \"yes\"", new GuestCode()).build();

        assertThatThrownBy(() -> sandbox.vm().install(wasm))
                .isInstanceOf(CodeRefused.class)
                .hasMessageContaining("'reentrant': \"yes\" of \"x\"");
    }

    @Test
    void a_delegate_of_a_reentered_contract_must_bear_it_too() {
        var safe = sandbox.world().upload(library(REENTRANT));
        var other = sandbox.world().upload(library(""));

        place(delegatingBack(safe));
        assertThat(lend()).isZero();
        place(delegatingBack(other));
        assertThat(lend()).isEqualTo(FailureKind.STATE.code() + 1);
    }

    @Test
    void value_cannot_be_paid_back_to_a_contract_at_work_unless_it_says_so() {
        var payer = sandbox.place(calling(pool, "", 1), "payer");
        sandbox.world().give(payer, BigInteger.TEN);

        sandbox.place(asking(payer).method("fallback", new GuestCode()).build(), "pool");
        assertThat(lend()).isEqualTo(REFUSED);
        assertThat(sandbox.world().balance(pool)).isZero();
        sandbox.place(asking(payer).method("fallback", REENTRANT, new GuestCode()).build(), "pool");
        assertThat(lend()).isZero();
        assertThat(sandbox.world().balance(pool)).isEqualTo(1);
    }

    @Test
    void contracts_that_enter_one_another_without_end_are_stopped_by_the_depth() {
        var ping = new GuestModule();
        var at =
                sandbox.place(
                        ping.method("x", REENTRANT, ask(ping, pool, "back", 0)).build(), "ping");
        var pong = new GuestModule();
        pong.method("lend", ask(pong, at, "x", 0)).method("back", REENTRANT, ask(pong, at, "x", 0));
        place(pong.build());

        assertThat(lend()).isEqualTo(FailureKind.DEPTH_EXCEEDED.code() + 1);
    }

    private int lend() {
        var outcome =
                Sandbox.require(
                        sandbox.send(ALICE, pool, "lend", new byte[] {}, 0, Sandbox.PLENTY));
        return outcome.result()[0];
    }

    private void place(byte[] wasm) {
        sandbox.place(wasm, "pool");
    }

    /** Its method lend writes, asks the borrower and returns what came of that. */
    private byte[] withMethodBack(String flags) {
        var module = asking(borrower);
        // Imports in the order of ask().
        var append =
                new GuestCode()
                        .call(2, 300, 1, 304, 1)
                        .drop()
                        .i32(305)
                        .i32('b')
                        .with(0x3A, 0, 0)
                        .call(3, 300, 1, 304, 2);
        return module.method("back", flags, append).build();
    }

    private byte[] delegatingBack(CodeHash library) {
        var module = asking(borrower).data(400, library.bytes()).data(440, new byte[] {'x'});
        var code = new GuestCode().call(4, 400, 440, 1, 0, 0).open(Opcodes.IF);
        code.call(5, FailureKind.STATE.code(), 0, 0).end();
        return module.method("back", REENTRANT, code).build();
    }

    private static byte[] library(String flags) {
        return new GuestModule().method("x", flags, new GuestCode()).build();
    }

    private static GuestModule asking(Address whom) {
        var module = new GuestModule();
        return module.method("lend", ask(module, whom, "x", 0));
    }

    private static byte[] calling(Address whom, String method, int value) {
        var module = new GuestModule();
        return module.method("x", ask(module, whom, method, value)).build();
    }

    /**
     * Writes, calls, and returns the callee's own answer, or the number of its failure. Imports
     * what all the contracts here need.
     */
    private static GuestCode ask(GuestModule module, Address whom, String method, int value) {
        int call = module.imports(HostImport.CALL);
        int ret = module.imports(HostImport.RET);
        module.imports(HostImport.STORAGE_GET);
        int set = module.imports(HostImport.STORAGE_SET);
        module.imports(HostImport.DELEGATE_CALL);
        module.imports(HostImport.REVERT);
        int length = module.imports(HostImport.RESULT_LENGTH);
        int read = module.imports(HostImport.RESULT_READ);
        module.data(0, whom.bytes()).data(64, method.getBytes(UTF_8));
        module.data(128, new byte[] {(byte) value}).data(300, new byte[] {'k', 0, 0, 0, 's'});
        var code = new GuestCode().call(set, 300, 1, 304, 1);
        code.i32(200).i32(0).i32(64).i32(method.length()).i32(0).i32(0);
        code.i32(value == 0 ? 0 : 128).i64(0).call(call).with(0x3A, 0, 0);
        // A callee that returned something is asked what it is.
        code.i32(200).with(0x2D, 0, 0).op(Opcodes.I32_EQZ).call(length).op(Opcodes.I32_EQZ);
        code.op(Opcodes.I32_EQZ, 0x71).open(Opcodes.IF).call(read, 200).end();
        return code.call(ret, 200, 1);
    }
}
