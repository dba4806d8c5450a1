package io.xwasm.agent.vm;

import static io.xwasm.agent.vm.Sandbox.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.protocol.Address;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Which loads cost little: those that cannot have to wait for another one. And what numbers and
 * variables cost.
 */
class RunCostTest {
    private static final Address ALICE = account("alice");
    private static final int LOAD = 0x28;
    private static final int STORE = 0x36;
    private static final int[] GET_0 = {Opcodes.LOCAL_GET, 0};
    private static final long FULL = GasCosts.of(LOAD);
    private static final int ADD = 0x6A;
    private static final long ARITHMETIC = 1;

    /** So many that each costs something. */
    private static final String MANY = "i".repeat(17);

    private static final long GET = 1;
    private static final long DROP = 1;

    private final Sandbox sandbox = new Sandbox();
    private int deployed;

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void the_next_load_through_the_same_variable_costs_little() {
        assertThat(gas(load(), load(16), load(32)))
                .isEqualTo(gas() + 3 * (GET + DROP) + FULL + 2 * GasCosts.LOAD_NEXT);
    }

    @Test
    void a_load_through_another_variable_costs_the_price_of_one_apart() {
        int[] other = {Opcodes.LOCAL_GET, 1, LOAD, 0, 0, Opcodes.DROP};

        assertThat(gas(load(), other)).isEqualTo(gas(load()) + GET + GasCosts.LOAD_APART + DROP);
    }

    @Test
    void what_was_loaded_and_waits_beneath_the_address_does_not_count() {
        int[] sum = {
            Opcodes.LOCAL_GET, 0, LOAD, 0, 0, Opcodes.LOCAL_GET, 1, LOAD, 0, 0, ADD, Opcodes.DROP
        };

        assertThat(gas(sum))
                .isEqualTo(gas() + 2 * GET + FULL + GasCosts.LOAD_APART + ARITHMETIC + DROP);
    }

    @Test
    void a_load_through_what_was_reckoned_from_something_loaded_costs_the_full_price() {
        int[] reckoned = {
            Opcodes.LOCAL_GET, 1, Opcodes.LOCAL_GET, 0, LOAD, 0, 0, ADD, LOAD, 0, 0, Opcodes.DROP
        };

        assertThat(gas(reckoned)).isEqualTo(gas() + 2 * GET + 2 * FULL + ARITHMETIC + DROP);
    }

    @Test
    void a_load_through_a_variable_that_holds_something_loaded_costs_the_full_price() {
        int[] kept = {
            Opcodes.LOCAL_GET, 0, LOAD, 0, 0, Opcodes.LOCAL_SET, 1, Opcodes.LOCAL_GET, 1, LOAD, 0, 0
        };
        int[] alsoKept = {
            Opcodes.LOCAL_GET, 0, LOAD, 0, 0, Opcodes.LOCAL_TEE, 1, LOAD, 0, 0, Opcodes.DROP
        };
        int[] drop = {Opcodes.DROP};

        assertThat(gas(kept, drop)).isEqualTo(gas() + 3 * GET + 2 * FULL + DROP);
        assertThat(gas(alsoKept)).isEqualTo(gas() + 2 * GET + 2 * FULL + DROP);
    }

    @Test
    void a_variable_that_is_set_to_something_else_no_longer_holds_what_was_loaded() {
        int[] reset = {
            Opcodes.LOCAL_GET,
            0,
            LOAD,
            0,
            0,
            Opcodes.LOCAL_SET,
            1,
            Opcodes.LOCAL_GET,
            2,
            Opcodes.LOCAL_SET,
            1,
            Opcodes.LOCAL_GET,
            1,
            LOAD,
            0,
            0,
            Opcodes.DROP
        };

        assertThat(gas(reset)).isEqualTo(gas() + 5 * GET + FULL + GasCosts.LOAD_APART + DROP);
    }

    @Test
    void numbers_and_the_variables_of_a_small_function_cost_one_for_every_four() {
        int[] number = {Opcodes.I32_CONST, 8, Opcodes.DROP};
        int[] variable = {Opcodes.LOCAL_GET, 0, Opcodes.DROP};
        var small = "i".repeat(16);

        for (var named : List.of(number, variable)) {
            for (int count = 0; count < 10; count++) {
                var parts = Collections.nCopies(count, named).toArray(int[][]::new);
                assertThat(gas(small, parts))
                        .isEqualTo(gas(small) + count * DROP + (count + 3) / 4);
            }
        }
        assertThat(gas(variable, variable)).isEqualTo(gas() + 2 * GET + 2 * DROP);
        assertThat(gas(number, number)).isEqualTo(gas() + 1 + 2 * DROP);
    }

    @Test
    void a_load_through_what_was_loaded_costs_the_full_price() {
        int[] chased = {Opcodes.LOCAL_GET, 0, LOAD, 0, 0, LOAD, 0, 0, Opcodes.DROP};

        assertThat(gas(load(), chased)).isEqualTo(gas(load(), load()) + FULL);
    }

    @Test
    void after_the_variable_is_set_the_next_load_is_one_apart() {
        int[] set = {Opcodes.I32_CONST, 8, Opcodes.LOCAL_SET, 0};
        int[] tee = {Opcodes.I32_CONST, 8, Opcodes.LOCAL_TEE, 0, Opcodes.DROP};

        assertThat(gas(load(), set, load()) - gas(load(), load()))
                .isEqualTo(gas(set) - gas() + GasCosts.LOAD_APART - GasCosts.LOAD_NEXT);
        assertThat(gas(load(), tee, load()) - gas(load(), load()))
                .isEqualTo(gas(tee) - gas() + GasCosts.LOAD_APART - GasCosts.LOAD_NEXT);
    }

    @Test
    void after_anything_that_may_write_the_price_is_full_again() {
        int[] store = {Opcodes.I32_CONST, 8, Opcodes.I32_CONST, 8, STORE, 0, 0};
        int[] grow = {Opcodes.I32_CONST, 0, Opcodes.MEMORY_GROW, 0, Opcodes.DROP};
        int[] fill = {
            Opcodes.I32_CONST, 0, Opcodes.I32_CONST, 0, Opcodes.I32_CONST, 0, 0xFC, 0x0B, 0
        };

        for (var writing : new int[][] {store, grow, fill}) {
            assertThat(gas(load(), writing, load()) - gas(load(), load()))
                    .isEqualTo(gas(writing) - gas() + FULL - GasCosts.LOAD_NEXT);
        }
    }

    @Test
    void in_the_next_run_the_price_is_full_again() {
        int[] block = {Opcodes.BLOCK, Opcodes.NO_TYPE, Opcodes.END};

        assertThat(gas(load(), block, load())).isEqualTo(gas(load(), load()) + FULL - 1);
    }

    @Test
    void a_variable_that_cannot_be_is_refused_before_anything_is_kept_of_it() {
        var wasm =
                module(MANY, new int[] {Opcodes.LOCAL_GET, 0xFF, 0xFF, 0xFF, 0xFF, 7, LOAD, 0, 0});

        assertThatThrownBy(() -> sandbox.vm().install(wasm))
                .isInstanceOf(CodeRefused.class)
                .hasMessageContaining("there is no variable 2147483647");
    }

    private static int[] load() {
        return load(0);
    }

    private static int[] load(int offset) {
        return new int[] {GET_0[0], GET_0[1], LOAD, 0, offset, Opcodes.DROP};
    }

    private long gas(int[]... parts) {
        return gas(MANY, parts);
    }

    private long gas(String variables, int[]... parts) {
        var wasm = module(variables, parts);
        sandbox.vm().install(wasm);
        var at = account("run " + deployed++);
        sandbox.world().place(at, sandbox.world().upload(wasm));
        return Sandbox.require(sandbox.send(ALICE, at, "x", new byte[] {}, 0, Sandbox.PLENTY))
                .gasUsed();
    }

    private static byte[] module(String variables, int[]... parts) {
        var code = new GuestCode().variables(variables);
        for (var part : parts) {
            for (int octet : part) {
                code.raw(new byte[] {(byte) octet});
            }
        }
        return new GuestModule().method("x", code).build();
    }
}
