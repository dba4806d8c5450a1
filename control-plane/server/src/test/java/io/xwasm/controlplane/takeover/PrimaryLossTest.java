package io.xwasm.controlplane.takeover;

import static io.xwasm.controlplane.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.EngineBench;
import io.xwasm.controlplane.ManualClock;
import io.xwasm.controlplane.ScriptedAgent;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.identity.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows when a primary is not heard any more (protocol rules 18, 19, 22 and 29). */
class PrimaryLossTest {
    private final ManualClock clock = new ManualClock();
    @TempDir Path folder;
    private EngineBench bench;
    private EngineBench.Engine engine;
    private int requests;

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

    @Test
    void a_primary_that_nobody_hears_is_replaced_reported_and_audited() {
        var lost = bench.primary();
        lost.disconnect();
        var failover = moved(lost.node());

        assertThat(bench.row().inSync())
                .as("the old set without the one that does not answer")
                .hasSize(2)
                .doesNotContain(lost.incarnation());
        var report = engine.moves().last(EngineBench.MAIN).orElseThrow();
        assertThat(report.from()).isEqualTo(lost.node());
        assertThat(report.to()).isEqualTo(bench.primary().node());
        assertThat(report.rpoCalls()).isZero();
        assertThat(report.epochAfter()).isEqualTo(report.epochBefore() + 1);
        eventually(
                () -> bench.audit,
                audit ->
                        assertThat(audit)
                                .singleElement()
                                .satisfies(deed -> {
                                    assertThat(deed.action()).isEqualTo("groups.failover");
                                    assertThat(deed.operation()).isEqualTo(failover.id());
                                    assertThat(deed.actor().isAutomation()).isTrue();
                                }));
    }

    @Test
    void a_primary_that_a_standby_still_hears_stays() {
        standby(0).hearsPrimary(() -> true);
        var before = bench.row();
        var lost = bench.primary();
        lost.disconnect();
        assertThatThrownBy(() -> engine.failover(actor()))
                .hasMessageContaining("there is nothing to fail over")
                .hasMessageContaining("still hears it");
        assertThat(bench.row()).isEqualTo(before);

        standby(0).hearsPrimary(() -> false);
        moved(lost.node());
    }

    @Test
    void the_silence_of_the_standbys_means_unknown_and_a_person_is_asked() {
        var before = bench.row();
        standby(0).answerHearing(false);
        standby(1).answerHearing(false);
        bench.primary().disconnect();
        eventually(
                () -> engine.moves().waiting(EngineBench.MAIN),
                waiting ->
                        assertThat(waiting)
                                .hasValueSatisfying(w ->
                                        assertThat(w.sentence())
                                                .contains("no in-sync standby answers")));
        assertThat(bench.row()).isEqualTo(before);
        assertThatThrownBy(() -> engine.failover(actor()))
                .hasMessageContaining("a failover is not possible");
    }

    @Test
    void the_second_move_waits_until_the_grace_is_over() {
        var first = bench.primary();
        first.disconnect();
        moved(first.node());
        bench.allAreBack();

        var second = bench.primary();
        second.disconnect();
        assertThatThrownBy(() -> engine.switchover(second.node(), actor()))
                .hasMessageContaining("is primary of main already");
        // The clock stands still, so looks come and go, and the role stays where it is.
        var looks = looked();
        eventually(this::looked, now -> assertThat(now).isGreaterThan(looks + 3));
        assertThat(bench.primary()).isSameAs(second);

        clock.advance(Duration.ofSeconds(1));
        moved(second.node());
    }

    @Test
    void after_many_moves_in_a_short_time_a_person_decides_and_then_the_machine_again() {
        for (int move = 0; move < 20; move++) {
            loseThePrimary();
            clock.advance(Duration.ofSeconds(2));
        }
        var flapping = bench.primary();
        flapping.disconnect();
        var waiting =
                eventually(
                                () -> engine.moves().waiting(EngineBench.MAIN),
                                w -> assertThat(w).isPresent())
                        .orElseThrow();
        assertThat(waiting.sentence())
                .contains("replaced 20 times within 60 s, so a person decides");
        assertThat(waiting.candidate()).isNotNull();
        assertThat(bench.primary()).isSameAs(flapping);

        var _ = engine.failover(actor());
        moved(flapping.node());
        bench.allAreBack();
        clock.advance(Duration.ofSeconds(2));
        loseThePrimary();
    }

    @Test
    void a_request_that_is_repeated_is_answered_with_what_it_began() {
        bench.automatic(false);
        var lost = bench.primary();
        lost.disconnect();
        var actor = actor();
        var begun =
                eventually(
                        () -> engine.failover(actor),
                        view -> assertThat(view.id()).startsWith("op-"));
        moved(lost.node());
        assertThat(engine.failover(actor).id()).isEqualTo(begun.id());
    }

    private void loseThePrimary() {
        var lost = bench.primary();
        lost.disconnect();
        moved(lost.node());
        bench.allAreBack();
    }

    /** How often some standby was asked for what it hears. */
    private int looked() {
        return bench.agents.stream().mapToInt(ScriptedAgent::timesAsked).sum();
    }

    private ScriptedAgent standby(int index) {
        var node = bench.row().inSyncStandbys().get(index).node();
        return bench.agents.stream().filter(a -> a.node().equals(node)).findFirst().orElseThrow();
    }

    /** Waits until another node leads and every operation has ended. */
    private OperationView moved(NodeId from) {
        eventually(bench::primary, p -> assertThat(p.node()).isNotEqualTo(from));
        eventually(() -> engine.operations().running(), r -> assertThat(r).isEmpty());
        return engine.operations().newest("main", List.of("failover")).orElseThrow();
    }

    private Actor actor() {
        return new Actor("admin", "test", "request " + requests++);
    }
}
