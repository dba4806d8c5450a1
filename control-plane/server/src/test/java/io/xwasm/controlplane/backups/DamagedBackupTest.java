package io.xwasm.controlplane.backups;

import static io.xwasm.controlplane.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.controlplane.EngineBench;
import io.xwasm.controlplane.api.OperationState;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.identity.Actor;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invariant 4, and what it means for a backup that was sound once. */
class DamagedBackupTest {
    @TempDir Path folder;
    private EngineBench bench;
    private EngineBench.Engine engine;
    private String backup;
    private int requests;

    @BeforeEach
    void a_verified_backup() {
        bench = new EngineBench(folder);
        engine = bench.engine(journal -> journal);
        var code = engine.upload(ShippedContracts.code("dex"));
        var _ = ended(engine.deploy(new ContractName("dex"), code, actor()));
        var taken = ended(engine.backUp(actor()));
        backup = Objects.requireNonNull(taken.result().get("backup")).asString();
        assertThat(engine.backupState(backup)).isEqualTo("verified");
    }

    @AfterEach
    void close() {
        engine.close();
        bench.close();
    }

    @Test
    void a_backup_that_is_found_damaged_is_verified_no_longer_and_cannot_be_restored() {
        bench.chain.damage(backup, true);
        var verify = ended(engine.verify(backup, actor()));

        assertThat(verify.state()).isEqualTo(OperationState.FAILED);
        var view = engine.backups().view(backup);
        assertThat(view.state()).isEqualTo("failed");
        assertThat(view.failure())
                .contains("found damaged by node-1", "does not hold the bytes that were written");
        assertThatThrownBy(() -> engine.restore(backup, actor()))
                .hasMessageContaining(backup + " cannot be restored: found damaged by node-1")
                .hasMessageContaining("if it was mended, verify it again");
        assertThatThrownBy(() -> engine.backups().preview(backup))
                .hasMessageContaining("cannot be restored");
    }

    @Test
    void a_backup_that_was_mended_is_verified_again() {
        bench.chain.damage(backup, true);
        var _ = ended(engine.verify(backup, actor()));
        bench.chain.damage(backup, false);

        assertThat(ended(engine.verify(backup, actor())).state())
                .isEqualTo(OperationState.SUCCEEDED);
        assertThat(engine.backupState(backup)).isEqualTo("verified");
        assertThat(engine.backups().view(backup).failure()).isNull();
        assertThat(ended(engine.restore(backup, actor())).state())
                .isEqualTo(OperationState.SUCCEEDED);
    }

    @Test
    void damage_that_a_restore_finds_is_noted_too_and_the_group_goes_on() {
        bench.chain.damage(backup, true);
        var epoch = bench.row().epoch();
        var restore = ended(engine.restore(backup, actor()));

        assertThat(restore.state()).isEqualTo(OperationState.FAILED);
        assertThat(restore.failure()).contains("does not hold the bytes");
        assertThat(engine.backupState(backup)).isEqualTo("failed");
        assertThat(bench.row().epoch()).isEqualTo(epoch);
    }

    @Test
    void a_store_that_cannot_be_reached_says_nothing_about_the_backup() {
        bench.agents.getFirst().loseStore(true);
        var verify = ended(engine.verify(backup, actor()));

        assertThat(verify.state()).isEqualTo(OperationState.FAILED);
        assertThat(verify.failure()).contains("no node of main can do it", "cannot be read");
        assertThat(engine.backupState(backup)).isEqualTo("verified");
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
