package io.xwasm.controlplane.groups;

import static io.xwasm.controlplane.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.ManualClock;
import io.xwasm.controlplane.ScriptedAgent;
import io.xwasm.controlplane.ScriptedChain;
import io.xwasm.controlplane.events.FleetEvents;
import io.xwasm.controlplane.fleet.AgentLinks;
import io.xwasm.controlplane.fleet.Fleet;
import io.xwasm.controlplane.metadata.SqliteDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protocol rules 14 and 15. */
class MembershipTest {
    private static final GroupId MAIN = new GroupId("main");
    private static final NodeId PRIMARY = new NodeId("node-1");
    private static final NodeId STANDBY = new NodeId("node-2");
    private static final Epoch EPOCH = new Epoch(4);

    private final Incarnation primary = Incarnation.mint();
    private final Incarnation standby = Incarnation.mint();
    private final ManualClock clock = new ManualClock();
    private final AgentLinks links = new AgentLinks();
    @TempDir Path folder;
    private SqliteDatabase database;
    private GroupConfigurations configurations;
    private Fleet fleet;
    private Membership membership;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(folder.resolve("metadata.db"), clock);
        configurations = new GroupConfigurations(database, clock);
        fleet = new Fleet(database, new FleetEvents(clock), clock);
        links.subscribe(fleet);
        membership = new Membership(configurations, fleet, _ -> Optional.empty());
        var row =
                new Configuration(
                        MAIN,
                        configurations.metadata(),
                        EPOCH,
                        primary,
                        List.of(member(primary, PRIMARY), member(standby, STANDBY)),
                        new TreeSet<>(List.of(primary, standby)),
                        1,
                        0,
                        1);
        var _ = configurations.compareAndSet(0, row, "first", "formation");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void the_last_standby_stays_in_sync_while_it_is_up_as_seen_from_here() {
        var before = row();
        var agent = new ScriptedAgent(STANDBY, MAIN, new ScriptedChain(), links);
        eventually(() -> fleet.up(STANDBY), up -> assertThat(up).isTrue());

        membership.remove(PRIMARY, MAIN, EPOCH, standby, "it does not acknowledge");
        assertThat(row()).isEqualTo(before);

        agent.disconnect();
        eventually(() -> fleet.up(STANDBY), up -> assertThat(up).isFalse());
        membership.remove(PRIMARY, MAIN, EPOCH, standby, "it does not acknowledge");
        assertThat(row().inSync()).containsExactly(primary);
        assertThat(row().epoch()).isEqualTo(EPOCH.next());
    }

    @Test
    void a_joining_member_that_the_row_does_not_count_is_left_out_by_a_higher_epoch() {
        var before = row();
        membership.remove(PRIMARY, MAIN, EPOCH, Incarnation.mint(), "it went away again");
        assertThat(row().epoch()).isEqualTo(EPOCH.next());
        assertThat(row().members()).isEqualTo(before.members());
        assertThat(row().inSync()).isEqualTo(before.inSync());
    }

    @Test
    void only_the_primary_of_the_newest_epoch_is_heard() {
        var before = row();
        membership.remove(STANDBY, MAIN, EPOCH, primary, "it wants to lead");
        membership.remove(PRIMARY, MAIN, new Epoch(3), standby, "it does not acknowledge");
        membership.remove(PRIMARY, MAIN, EPOCH, primary, "it wants to leave");
        assertThat(row()).isEqualTo(before);
    }

    private Configuration row() {
        return configurations.find(MAIN).orElseThrow();
    }

    private static Member member(Incarnation incarnation, NodeId node) {
        return new Member(incarnation, node, "127.0.0.1:1", "http://127.0.0.1:2");
    }
}
