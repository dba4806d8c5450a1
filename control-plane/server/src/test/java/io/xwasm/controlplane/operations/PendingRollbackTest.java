package io.xwasm.controlplane.operations;

import static io.xwasm.controlplane.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.controlplane.EngineBench;
import io.xwasm.controlplane.api.OperationState;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.identity.Actor;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invariant 8. */
class PendingRollbackTest {
    private static final ContractName DEX = new ContractName("dex");

    @TempDir Path folder;

    @Test
    void a_rollback_stops_an_upgrade_that_has_not_cut_over_yet() {
        try (var bench = new EngineBench(folder);
                var engine = bench.engine(journal -> journal)) {
            var first = engine.upload(ShippedContracts.code("dex"));
            var second = engine.upload(ShippedContracts.code("dex-2"));
            var _ = ended(engine, engine.deploy(DEX, first, actor("deploy")));

            bench.chain.takeCalls(false);
            var upgrade = engine.upgrade(DEX, second, actor("upgrade"));
            eventually(
                    () -> engine.operations().find(upgrade.id()).orElseThrow(),
                    view -> assertThat(view.sentence()).contains("waits for the primary"));
            assertThatThrownBy(() -> engine.upgrade(DEX, second, actor("another")))
                    .hasMessageContaining("upgrade of dex is running (" + upgrade.id() + ")");
            var rollback = engine.rollback(DEX, actor("rollback"));
            bench.chain.takeCalls(true);

            assertThat(ended(engine, upgrade).failure())
                    .contains("stopped before 'cut over': a rollback of dex was asked for");
            var back = ended(engine, rollback);
            assertThat(back.state()).as(back.sentence()).isEqualTo(OperationState.SUCCEEDED);
            assertThat(back.sentence()).isEqualTo("version 1 of dex runs");
            assertThat(bench.chain.changesOf(Address.ofContract(EngineBench.MAIN, "dex")))
                    .isEqualTo(1);
        }
    }

    @Test
    void the_history_of_a_contract_is_only_ever_added_to() {
        try (var bench = new EngineBench(folder);
                var engine = bench.engine(journal -> journal)) {
            var first = engine.upload(ShippedContracts.code("dex"));
            var _ = ended(engine, engine.deploy(DEX, first, actor("deploy")));
            assertThatThrownBy(() -> bench.run("UPDATE contract_version SET version = 9"))
                    .hasMessageContaining("append-only");
            assertThatThrownBy(() -> bench.run("DELETE FROM contract_version"))
                    .hasMessageContaining("append-only");
        }
    }

    private static OperationView ended(EngineBench.Engine engine, OperationView begun) {
        return eventually(
                () -> engine.operations().find(begun.id()).orElseThrow(),
                view -> assertThat(view.endedAt()).as(view.sentence()).isNotNull());
    }

    private static Actor actor(String request) {
        return new Actor("admin", "test", request);
    }
}
