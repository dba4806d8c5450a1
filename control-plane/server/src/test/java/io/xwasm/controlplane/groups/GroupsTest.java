package io.xwasm.controlplane.groups;

import static io.xwasm.controlplane.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.controlplane.EngineBench;
import io.xwasm.controlplane.ManualClock;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupsTest {
    @TempDir Path folder;
    private EngineBench bench;

    @BeforeEach
    void a_group_of_three() {
        bench = new EngineBench(folder, new ManualClock(), 3);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** Protocol rule 24. */
    @Test
    void an_agent_whose_heartbeat_tells_an_older_row_gets_the_newest_again() {
        var behind = bench.agents.getLast();
        var row = bench.row();
        behind.saw(at(row, row.epoch(), row.version() - 1));
        behind.heartbeat();
        eventually(behind::configuration, seen -> assertThat(seen).hasValue(row));
    }

    /** Protocol rule 24: whoever was away when the row was written learns it when it is back. */
    @Test
    void an_agent_that_comes_back_gets_the_row() {
        var away = bench.agents.getLast();
        away.disconnect();
        var row = bench.row();
        var next = at(row, row.epoch().next(), row.version() + 1);
        var _ = bench.configurations().compareAndSet(row.version(), next, "r", "while away");
        away.reconnect();
        eventually(away::configuration, seen -> assertThat(seen).hasValue(next));
    }

    /** Protocol rule 4. */
    @Test
    void metadata_that_are_older_than_what_a_member_has_seen_freeze_the_group() {
        var row = bench.row();
        assertThat(bench.groups().frozen(EngineBench.MAIN)).isEmpty();
        var ahead = bench.agents.getLast();
        ahead.saw(at(row, new Epoch(row.epoch().value() + 3), row.version() + 3));
        ahead.heartbeat();
        eventually(
                () -> bench.groups().frozen(EngineBench.MAIN),
                frozen ->
                        assertThat(frozen)
                                .map(f -> f.contains("a person has to decide"))
                                .isEqualTo(Optional.of(true)));
    }

    private static Configuration at(Configuration row, Epoch epoch, long version) {
        return new Configuration(
                row.group(),
                row.metadata(),
                epoch,
                row.primary(),
                row.members(),
                row.inSync(),
                row.minimumSize(),
                row.leaseVersion(),
                version);
    }
}
