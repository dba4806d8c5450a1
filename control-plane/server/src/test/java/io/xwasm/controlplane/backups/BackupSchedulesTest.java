package io.xwasm.controlplane.backups;

import static io.xwasm.controlplane.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.controlplane.EngineBench;
import io.xwasm.controlplane.ManualClock;
import io.xwasm.controlplane.api.BackupSchedule;
import io.xwasm.controlplane.identity.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupSchedulesTest {
    private final ManualClock clock = new ManualClock();
    @TempDir Path folder;
    private EngineBench bench;
    private EngineBench.Engine engine;
    private BackupSchedules schedules;

    @BeforeEach
    void open() {
        bench = new EngineBench(folder, clock, 1);
        engine = bench.engine(journal -> journal);
        var code = engine.upload(ShippedContracts.code("dex"));
        var _ = engine.deploy(new ContractName("dex"), code, new Actor("admin", "test", "deploy"));
        allHaveEnded();
        schedules = bench.schedules(engine);
    }

    @AfterEach
    void close() {
        engine.close();
        bench.close();
    }

    @Test
    void a_backup_is_begun_when_it_is_due_and_not_before() {
        every(30, true);
        pass(Duration.ofMinutes(30).minusMillis(1));
        assertThat(engine.backups().newestFirst()).isEmpty();

        pass(Duration.ofMillis(1));
        pass(Duration.ZERO);
        assertThat(engine.backups().newestFirst())
                .singleElement()
                .satisfies(backup -> {
                    assertThat(backup.state()).isEqualTo("verified");
                    assertThat(backup.createdBy()).isEqualTo("automation");
                });
        assertThat(bench.audit)
                .singleElement()
                .satisfies(deed -> {
                    assertThat(deed.action()).isEqualTo("backups.create");
                    assertThat(deed.actor().source()).isEqualTo("schedule");
                });

        pass(Duration.ofMinutes(30));
        assertThat(engine.backups().newestFirst()).hasSize(2);
    }

    @Test
    void what_was_missed_runs_once_and_at_once() {
        every(30, false);
        pass(Duration.ofHours(10));
        assertThat(engine.backups().newestFirst())
                .singleElement()
                .satisfies(backup -> assertThat(backup.state()).isEqualTo("unverified"));
        assertThat(schedules.find(EngineBench.MAIN).orElseThrow().nextAt())
                .isEqualTo(clock.instant().plus(Duration.ofMinutes(30)));
    }

    @Test
    void a_schedule_that_is_taken_away_begins_nothing() {
        every(30, true);
        every(0, true);
        pass(Duration.ofDays(2));
        assertThat(engine.backups().newestFirst()).isEmpty();
    }

    @Test
    void a_schedule_survives_its_process_and_a_due_run_is_begun_once() {
        every(30, false);
        clock.advance(Duration.ofMinutes(30));
        bench.agents.forEach(agent -> agent.heartbeat());
        var other = bench.schedules(engine);
        schedules.tick();
        other.tick();
        allHaveEnded();
        assertThat(engine.backups().newestFirst()).hasSize(1);
    }

    @Test
    void a_schedule_that_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> every(-1, true)).hasMessageContaining("everyMinutes");
        every(30, true);
        assertThatThrownBy(
                        () -> schedules.set(EngineBench.MAIN, schedule(60, true), Optional.of(9L)))
                .hasMessageContaining("is at version 1, not 9");
    }

    private void every(int minutes, boolean verify) {
        var _ = schedules.set(EngineBench.MAIN, schedule(minutes, verify), Optional.empty());
    }

    private static BackupSchedule schedule(int minutes, boolean verify) {
        return new BackupSchedule(EngineBench.MAIN, minutes, verify, null, 0);
    }

    /** Time goes on, agents are heard, and what is due runs to its end. */
    private void pass(Duration duration) {
        clock.advance(duration);
        bench.agents.forEach(agent -> agent.heartbeat());
        eventually(bench::heard, heard -> assertThat(heard).isTrue());
        schedules.tick();
        allHaveEnded();
    }

    private void allHaveEnded() {
        eventually(() -> engine.operations().running(), running -> assertThat(running).isEmpty());
    }
}
