package io.xwasm.controlplane.takeover;

import static io.xwasm.controlplane.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.protocol.AgentEvent;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.controlplane.EngineBench;
import io.xwasm.controlplane.ManualClock;
import io.xwasm.controlplane.ScriptedAgent;
import io.xwasm.controlplane.api.OperationState;
import io.xwasm.controlplane.api.OperationView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A primary that suspects itself asks for a switchover (protocol rule 15). */
class PrimaryWishesTest {
    private final ManualClock clock = new ManualClock();
    @TempDir Path folder;
    private EngineBench bench;
    private EngineBench.Engine engine;

    @BeforeEach
    void a_group_of_three() {
        bench = new EngineBench(folder, clock, 3);
        engine = bench.engine(journal -> journal);
    }

    @AfterEach
    void close() {
        engine.close();
        bench.close();
    }

    private void ask(ScriptedAgent agent) {
        ask(agent, bench.row().epoch());
    }

    private static void ask(ScriptedAgent agent, Epoch epoch) {
        agent.tell(new AgentEvent.WantsSwitchover(EngineBench.MAIN, epoch, "no member is heard"));
    }

    /** All agents are heard after it. */
    private void pass(Duration time) {
        clock.advance(time);
        bench.agents.forEach(ScriptedAgent::heartbeat);
        eventually(bench::heard, up -> assertThat(up).isTrue());
    }

    private List<OperationView> switchovers() {
        eventually(() -> engine.operations().running(), r -> assertThat(r).isEmpty());
        return engine.operations().newest("main", List.of("switchover")).stream().toList();
    }

    private void relieved(ScriptedAgent former) {
        eventually(bench::primary, p -> assertThat(p.node()).isNotEqualTo(former.node()));
    }

    /** What an agent tells comes in order, so whoever was heard after it shows it was heard. */
    private void heardAfter(ScriptedAgent agent) {
        var asked = agent.timesAsked();
        agent.tell(
                new AgentEvent.PrimaryLost(
                        EngineBench.MAIN,
                        bench.row().epoch(),
                        bench.row().primary(),
                        "its connection closed"));
        eventually(agent::timesAsked, now -> assertThat(now).isGreaterThan(asked));
    }

    @Test
    void it_is_relieved_stays_in_sync_and_the_audit_tells_why() {
        var former = bench.primary();
        ask(former);
        relieved(former);

        assertThat(switchovers()).hasSize(1);
        assertThat(bench.row().inSync()).hasSize(3);
        eventually(
                () -> bench.audit,
                audit ->
                        assertThat(audit)
                                .singleElement()
                                .satisfies(deed -> {
                                    assertThat(deed.action()).isEqualTo("groups.switchover");
                                    assertThat(deed.actor().isAutomation()).isTrue();
                                    assertThat(deed.after()).contains("no member is heard");
                                }));
    }

    @Test
    void the_next_one_is_relieved_only_after_a_minute() {
        var first = bench.primary();
        ask(first);
        relieved(first);
        assertThat(switchovers()).hasSize(1);

        var second = bench.primary();
        pass(Duration.ofSeconds(59));
        ask(second);
        heardAfter(second);
        assertThat(bench.primary()).isSameAs(second);

        pass(Duration.ofSeconds(1));
        ask(second);
        relieved(second);
    }

    @Test
    void a_person_decides_where_failover_is_manual() {
        bench.automatic(false);
        var primary = bench.primary();
        ask(primary);
        heardAfter(primary);
        assertThat(switchovers()).isEmpty();
        assertThat(bench.primary()).isSameAs(primary);
    }

    @Test
    void who_is_not_primary_of_the_newest_epoch_is_not_heard() {
        var primary = bench.primary();
        var other = bench.agents.stream().filter(a -> !a.equals(primary)).findFirst().orElseThrow();
        ask(other);
        heardAfter(other);
        ask(primary, new Epoch(bench.row().epoch().value() - 1));
        heardAfter(primary);
        assertThat(switchovers()).isEmpty();
        assertThat(bench.primary()).isSameAs(primary);
    }

    @Test
    void nothing_is_lost_when_it_cannot_be_drained() {
        var primary = bench.primary();
        primary.refuseDrains(true);
        ask(primary);
        var begun =
                eventually(() -> bench.audit, audit -> assertThat(audit).hasSize(1))
                        .getFirst()
                        .operation();
        eventually(
                () -> engine.operations().find(String.valueOf(begun)),
                o ->
                        assertThat(o)
                                .hasValueSatisfying(view ->
                                        assertThat(view.state()).isEqualTo(OperationState.FAILED)));
        assertThat(bench.primary()).isSameAs(primary);
    }
}
