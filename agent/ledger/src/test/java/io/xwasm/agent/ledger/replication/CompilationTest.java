package io.xwasm.agent.ledger.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.ledger.Block;
import io.xwasm.agent.ledger.BlockHeader;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.agent.protocol.WireWriter;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code is compiled before anybody waits for it. */
class CompilationTest {
    private static final byte[] CODE = ShippedContracts.code("token");

    @TempDir private Path folder;

    private static SignedCall storing(TestGroup group) {
        return SignedCall.sign(
                group.fleet,
                TestGroup.GROUP,
                0,
                Address.SYSTEM,
                "store_code",
                new WireWriter(CODE.length + 4)
                        .i32(Integer.reverseBytes(CODE.length))
                        .raw(CODE)
                        .toBytes(),
                BigInteger.ZERO,
                TestGroup.GAS,
                System.currentTimeMillis() + 600_000);
    }

    @Test
    void a_member_that_starts_compiles_what_its_ledger_holds() throws Exception {
        try (var group = new TestGroup(folder)) {
            var one = group.start("node-1");
            group.lead(one, List.of(one));
            TestGroup.await("it serves", () -> one.member().report().serving());
            assertThat(one.member().submit(storing(group)).get())
                    .isInstanceOf(Submission.Acknowledged.class);
            group.stop(one);

            var vm = new InstalledCode();
            group.useVm(vm);
            group.start("node-1");

            assertThat(vm.has(CODE)).isTrue();
        }
    }

    @Test
    void a_standby_compiles_while_the_block_waits_for_commitment() throws Exception {
        try (var group = new TestGroup(folder);
                var leading = group.script("node-1")) {
            var vm = new InstalledCode();
            group.useVm(vm);
            var two = group.start("node-2");
            var configuration =
                    group.next(
                            leading.incarnation(),
                            new TreeSet<>(
                                    List.of(leading.incarnation(), two.member().incarnation())));
            var calls = List.of(storing(group));
            var header =
                    new BlockHeader(
                            TestGroup.GROUP,
                            1,
                            configuration.epoch(),
                            group.genesis.hash(),
                            1_000,
                            1,
                            Block.hashOfCalls(calls),
                            Block.hashOfReceipts(List.of()),
                            two.member().report().root(),
                            BlockHeader.SEMANTICS);
            try (var primary = ScriptedPrimary.open(two, configuration)) {
                var _ = primary.receive(ReplicationMessage.Opened.class);

                primary.append(configuration.epoch(), 0, new Block(header, calls).toBytes());

                TestGroup.await("the code is compiled", () -> vm.has(CODE));
                assertThat(two.member().report().executed()).isZero();
            }
        }
    }
}
