package io.xwasm.controlplane.operations;

import static io.xwasm.controlplane.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.controlplane.EngineBench;
import io.xwasm.controlplane.api.OperationState;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.identity.Actor;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restore says beforehand, and what the catalogue says afterwards. */
class RestoredContractsTest {
    private static final ContractName DEX = new ContractName("dex");

    @TempDir Path folder;
    private EngineBench bench;
    private EngineBench.Engine engine;
    private CodeHash first;
    private CodeHash second;
    private int requests;

    @BeforeEach
    void open() {
        bench = new EngineBench(folder);
        engine = bench.engine(journal -> journal);
        first = engine.upload(ShippedContracts.code("dex"));
        second = engine.upload(ShippedContracts.code("dex-2"));
    }

    @AfterEach
    void close() {
        engine.close();
        bench.close();
    }

    @Test
    void the_preview_counts_the_calls_that_would_be_lost() throws InterruptedException {
        deploy();
        var backup = backUp();
        assertThat(engine.backups().preview(backup).sentence())
                .isEqualTo("no call was committed after block 3: none would be lost");

        upgrade();
        var preview = engine.backups().preview(backup);
        assertThat(preview.callsLost()).isEqualTo(2);
        assertThat(preview.heightNow()).isEqualTo(5);
        assertThat(preview.sentence()).isEqualTo("2 calls in 2 blocks after block 3 would be lost");

        var later = backUp();
        restore(backup);
        var forth = engine.backups().preview(later);
        assertThat(forth.callsLost()).isZero();
        assertThat(forth.sentence())
                .isEqualTo(
                        "no call was committed after block 3, where the ledger and the backup"
                                + " parted: none would be lost");

        bench.agentGoes();
        var unknown = engine.backups().preview(backup);
        assertThat(unknown.callsLost()).isEqualTo(-1);
        assertThat(unknown.sentence()).contains("no member of the group answers");
    }

    @Test
    void after_a_restore_to_something_older_the_calls_since_the_chains_parted_are_counted()
            throws InterruptedException {
        deploy();
        var old = backUp();
        fund();
        fund();
        var later = backUp();
        restore(old);
        // The chain is as high as the later backup again, and holds none of its calls.
        fund();
        fund();
        assertThat(engine.backups().preview(old).callsLost()).isEqualTo(2);
        var forth = engine.backups().preview(later);
        assertThat(forth.heightNow()).isEqualTo(forth.heightAfter());
        assertThat(forth.callsLost()).as("by height alone it would be none").isEqualTo(2);
        assertThat(forth.sentence())
                .isEqualTo(
                        "2 calls in 2 blocks after block 3, where the ledger and the backup parted,"
                                + " would be lost");

        var onTheNewBranch = backUp();
        assertThat(callsLost(restore(later))).isEqualTo(2);
        var back = engine.backups().preview(onTheNewBranch);
        assertThat(back.callsLost()).as("the first branch since block 3").isEqualTo(2);
        assertThat(callsLost(restore(onTheNewBranch))).isEqualTo(2);
        assertThat(engine.backups().preview(onTheNewBranch).callsLost()).isZero();
        assertThat(engine.backups().preview(old).callsLost()).isEqualTo(2);
    }

    @Test
    void where_the_chains_parted_is_not_known_the_loss_is_a_bound_and_never_none()
            throws InterruptedException {
        deploy();
        var old = backUp();
        upgrade();
        var later = backUp();
        restore(old);
        upgrade();
        // As of backups and restores from before branches were noted.
        bench.run("DELETE FROM ledger_branch");
        bench.run("UPDATE backup SET branch = NULL");

        var forth = engine.backups().preview(later);
        assertThat(forth.callsLost()).isEqualTo(-1);
        assertThat(forth.sentence())
                .isEqualTo(
                        "the backup's block 5 is not in the ledger of node-1: at most 5 calls"
                                + " would be lost, and how many is not known");
        var restored = restore(later);
        assertThat(callsLost(restored)).isEqualTo(-1);
        assertThat(restored.steps().get(1).sentence()).contains("lost: at most 5 calls");
    }

    @Test
    void each_restore_is_entered_in_the_history_and_later_versions_count_no_more() {
        deploy();
        var backup = backUp();
        upgrade();
        restore(backup);
        assertThat(engine.contracts().knows(DEX, 2)).isFalse();

        upgrade();
        assertThat(engine.contracts().knows(DEX, 2)).isTrue();
        restore(backup);
        restore(backup);
        assertThat(engine.contracts().history(DEX))
                .containsExactly("deploy 1", "upgrade 2", "restore 1", "upgrade 2", "restore 1");
        assertThat(engine.contracts().running(DEX)).isEqualTo(first);
    }

    @Test
    void a_contract_that_is_gone_leaves_its_name_and_comes_back_with_its_ledger() {
        var without = backUp();
        deploy();
        upgrade();
        var with = backUp();

        restore(without);
        assertThat(engine.contracts().listed(DEX)).isFalse();
        restore(with);
        assertThat(engine.contracts().listed(DEX)).isTrue();
        assertThat(engine.contracts().history(DEX)).containsExactly("deploy 1", "upgrade 2");
        assertThat(engine.contracts().running(DEX)).isEqualTo(second);

        restore(without);
        deploy();
        assertThat(engine.contracts().listed(DEX)).isTrue();
        assertThat(engine.contracts().history(DEX))
                .containsExactly("deploy 1", "upgrade 2", "deploy 1");
        assertThat(engine.contracts().knows(DEX, 2))
                .as("a version of the contract that had the name before")
                .isFalse();
    }

    @Test
    void a_backup_that_was_not_verified_says_what_is_stored() {
        var taken = ended(engine.backups().create(EngineBench.MAIN, false, actor()));
        assertThat(taken.sentence())
                .isEqualTo("1,204 records of block 0 are stored; not verified yet");
    }

    private void deploy() {
        succeeded(engine.deploy(DEX, first, actor()));
    }

    private void upgrade() {
        succeeded(engine.upgrade(DEX, second, actor()));
    }

    private String backUp() {
        var taken = succeeded(engine.backUp(actor()));
        return Objects.requireNonNull(taken.result().get("backup")).asString();
    }

    private OperationView restore(String backup) {
        return succeeded(engine.restore(backup, actor()));
    }

    private void fund() {
        var account = Address.ofContract(EngineBench.MAIN, "an account");
        succeeded(engine.fund(account, BigInteger.ONE, actor()));
    }

    private static long callsLost(OperationView view) {
        return Objects.requireNonNull(view.result().get("callsLost")).asLong();
    }

    private OperationView succeeded(OperationView begun) {
        var view = ended(begun);
        assertThat(view.state()).as(view.sentence()).isEqualTo(OperationState.SUCCEEDED);
        return view;
    }

    private OperationView ended(OperationView begun) {
        return eventually(
                () -> engine.operations().find(begun.id()).orElseThrow(),
                view -> assertThat(view.endedAt()).as(view.sentence()).isNotNull());
    }

    private Actor actor() {
        return new Actor("admin", "test", "request " + requests++);
    }
}
