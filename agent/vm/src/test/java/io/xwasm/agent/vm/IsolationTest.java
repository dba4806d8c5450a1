package io.xwasm.agent.vm;

import static io.xwasm.agent.vm.Sandbox.account;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.protocol.Address;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What fails leaves nothing, however deep it lies, and takes nothing of others with it. */
class IsolationTest {
    private static final Address ALICE = account("alice");
    private static final int ROUNDS = Integer.getInteger("isolation.rounds", 200);

    private final Sandbox sandbox = new Sandbox();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void a_trap_three_contracts_deep_undoes_only_what_its_catcher_called() {
        var deepest = new CallTree.Node(3, CallTree.Ending.TRAP, true, List.of());
        var middle = new CallTree.Node(2, CallTree.Ending.PASS_ON, true, List.of(deepest));
        var top = new CallTree.Node(1, CallTree.Ending.RETURN, true, List.of(middle));

        var seen = run(new CallTree(top));

        assertThat(seen).isEqualTo("returned [1] {1=1} {1=999, sink=1}");
    }

    @Test
    void a_caught_failure_of_the_deepest_leaves_the_middle_whole() {
        var deepest = new CallTree.Node(3, CallTree.Ending.REVERT, true, List.of());
        var middle = new CallTree.Node(2, CallTree.Ending.RETURN, true, List.of(deepest));
        var top = new CallTree.Node(1, CallTree.Ending.RETURN, true, List.of(middle));

        var seen = run(new CallTree(top));

        assertThat(seen).isEqualTo("returned [1, 2] {1=1, 2=2} {1=999, 2=999, sink=2}");
    }

    @Test
    void a_failing_delegate_undoes_what_it_did_at_its_callers_address() {
        var library = new CallTree.Node(2, CallTree.Ending.TRAP, false, List.of());
        var top = new CallTree.Node(1, CallTree.Ending.RETURN, true, List.of(library));

        assertThat(run(new CallTree(top))).isEqualTo("returned [1] {1=1} {1=999, sink=1}");
    }

    @Test
    void running_out_of_gas_at_the_top_undoes_what_went_well_below() {
        var callee = new CallTree.Node(2, CallTree.Ending.RETURN, true, List.of());
        var top = new CallTree.Node(1, CallTree.Ending.SPIN, true, List.of(callee));

        assertThat(run(new CallTree(top))).isEqualTo("failed [] {} {}");
    }

    @Test
    void random_trees_of_calls_leave_what_a_model_says() {
        long seed = Long.getLong("isolation.seed", System.nanoTime());
        System.out.println("isolation.seed=" + seed);
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var tree = CallTree.random(random);
            assertThat(run(tree))
                    .as("seed %d, round %d: %s", seed, round, tree.top())
                    .isEqualTo(tree.expected());
        }
    }

    @Test
    void a_contract_cannot_read_what_another_has_stored() {
        var owner = new GuestModule();
        int set = owner.imports(HostImport.STORAGE_SET);
        owner.data(0, "secret".getBytes(UTF_8));
        var keeper =
                sandbox.place(
                        owner.method("x", new GuestCode().call(set, 0, 6, 0, 6)).build(), "a");
        send(keeper);

        // By its key, and by its key behind its owner's address.
        for (var key : List.of(new byte[0], keeper.bytes())) {
            var thief = new GuestModule();
            int get = thief.imports(HostImport.STORAGE_GET);
            int ret = thief.imports(HostImport.RET);
            var whole = ByteBuffer.allocate(key.length + 6).put(key).put("secret".getBytes(UTF_8));
            thief.data(0, whole.array());
            var code = new GuestCode().i32(100).call(get, 0, whole.capacity(), 200, 50);
            var at =
                    sandbox.place(
                            thief.method("x", code.with(0x36, 2, 0).call(ret, 100, 4)).build(),
                            "b");

            assertThat(Sandbox.require(send(at)).result()).containsExactly(0xFF, 0xFF, 0xFF, 0xFF);
        }
    }

    @Test
    void a_contract_cannot_write_what_another_has_stored() {
        var module = new GuestModule();
        int set = module.imports(HostImport.STORAGE_SET);
        int remove = module.imports(HostImport.STORAGE_REMOVE);
        var write = new GuestCode().call(set, 0, 1, 0, 4);
        var erase = new GuestCode().call(remove, 0, 1).drop();
        var wasm = module.method("x", write).method("y", erase).build();
        var mine = sandbox.place(wasm, "mine");
        var other = sandbox.place(wasm, "other");
        send(mine);

        Sandbox.require(sandbox.send(ALICE, other, "y", new byte[] {}, 0, Sandbox.PLENTY));

        assertThat(sandbox.world().storage(mine, new byte[] {0})).isNotNull();
    }

    private Outcome send(Address at) {
        return sandbox.send(ALICE, at, "x", new byte[] {}, 0, Sandbox.PLENTY);
    }

    private String run(CallTree tree) {
        var world = new InMemoryWorld();
        var top = tree.place(world);
        tree.parties().forEach(party -> world.give(party, BigInteger.valueOf(1000)));
        var outcome = sandbox.vm().call(tree.invocation(top), world);
        assertThat(outcome.gasUsed()).isPositive();
        return tree.shown(world, outcome);
    }
}
