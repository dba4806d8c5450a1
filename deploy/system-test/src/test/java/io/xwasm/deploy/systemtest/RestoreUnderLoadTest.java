package io.xwasm.deploy.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.controlplane.api.CreateBackup;
import io.xwasm.controlplane.api.GroupView;
import io.xwasm.controlplane.api.NodeView;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.RestoreBackup;
import io.xwasm.controlplane.api.Switchover;
import io.xwasm.deploy.bench.BenchFleet;
import io.xwasm.deploy.bench.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore takes every member's ledger away from under it while calls come. */
class RestoreUnderLoadTest {
    private static final int ROUNDS = 2;
    private static final Pattern ACKNOWLEDGED =
            Pattern.compile("load: ([0-9]+) swaps/s, [0-9]+ acknowledged");

    private static BenchFleet fleet;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        fleet = BenchFleet.start(BenchFleet.home(), folder, 18_750, List.of("--load", "100"));
        awaitLoad("at first");
    }

    @AfterAll
    static void stop() throws Exception {
        fleet.close();
    }

    @Test
    void after_a_restore_every_member_is_heard_calls_go_on_and_any_may_take_over()
            throws Exception {
        var backup = finish(fleet.client().createBackup(new CreateBackup(BenchFleet.GROUP)));
        var id = Objects.requireNonNull(backup.result().get("backup")).asString();
        for (int round = 0; round < ROUNDS; round++) {
            finish(fleet.client().switchover(BenchFleet.GROUP, new Switchover(null)));

            finish(fleet.client().restoreBackup(id, new RestoreBackup(BenchFleet.GROUP)));

            var restored = Instant.now();
            var group = fleet.await("three in sync", RestoreUnderLoadTest::isWhole);
            for (var node : group.members()) {
                Eventually.holds(
                        "%s beats in the epoch of the restore".formatted(node.node()),
                        () -> beatsIn(group.epoch(), fleet.client().node(node.node()), restored));
            }
            awaitLoad("after restore " + round);
        }

        var primary = Objects.requireNonNull(fleet.client().group(BenchFleet.GROUP).primary());
        BenchFleet.kill(fleet.pidOf(primary));

        fleet.await("another primary", g -> g.serving() && !primary.equals(g.primary()));
        awaitLoad("after the failover");
        assertThat(fleet.await("three in sync", RestoreUnderLoadTest::isWhole).serving()).isTrue();
    }

    private static OperationView finish(OperationView begun) throws IOException {
        return Deployment.finish(fleet.client(), begun);
    }

    private static boolean isWhole(GroupView group) {
        return group.serving() && group.inSync().size() == 3;
    }

    private static boolean beatsIn(long epoch, NodeView node, Instant since) {
        return node.lastSeenAt().isAfter(since.plusSeconds(1))
                && node.memberships().stream().allMatch(m -> m.epoch() >= epoch);
    }

    /** A line of the load that was not there yet, with most of the rate that is wanted. */
    private static void awaitLoad(String when) throws Exception {
        long told = rates().size();
        Eventually.holds(
                "the load runs " + when,
                () -> rates().stream().skip(told).anyMatch(rate -> rate >= 50));
    }

    private static List<Integer> rates() throws IOException {
        return Files.readAllLines(fleet.folder().resolve("supervisor.log")).stream()
                .map(ACKNOWLEDGED::matcher)
                .filter(Matcher::find)
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
    }
}
