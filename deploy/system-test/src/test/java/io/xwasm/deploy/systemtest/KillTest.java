package io.xwasm.deploy.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.deploy.bench.Audit;
import io.xwasm.deploy.bench.Bank;
import io.xwasm.deploy.bench.BenchFleet;
import io.xwasm.deploy.bench.CallLoad;
import io.xwasm.deploy.cli.DevFleet;
import io.xwasm.deploy.cli.agent.AgentClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twenty rounds of load and kill -9: nothing that was acknowledged is lost, nothing is executed
 * twice.
 */
class KillTest {
    private static final int CLIENTS = 16;
    private static final int CALLS_PER_ROUND = 1_000;

    /** Whom a round kills. */
    private enum Victim {
        PRIMARY,
        STANDBY,
        CONTROL_PLANE
    }

    @Test
    void twenty_kills_under_load_lose_nothing_and_execute_nothing_twice(@TempDir Path folder)
            throws Exception {
        long seed = Long.getLong("xwasm.seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        try (var fleet = BenchFleet.start(BenchFleet.home(), folder, 18_600, List.of());
                var agents = new AgentClient(fleet.agents(), Thread::sleep)) {
            var bank = Bank.open(fleet, agents, CLIENTS);
            var load =
                    bank.load(fleet.agents(), agents.primary(), TimeUnit.MILLISECONDS.toNanos(5));
            try (load) {
                for (Victim victim : victims(random)) {
                    round(fleet, load, victim, random);
                }
            }

            var audit = Audit.of(load.book(), bank, agents, fleet.agents(), agents.primary());
            System.out.println(audit);
            assertThat(audit.acknowledged()).isGreaterThanOrEqualTo(20 * CALLS_PER_ROUND);
            assertThat(audit.lost()).isZero();
            assertThat(audit.executedTwice()).isZero();
            requireSyncs(fleet);
        }
    }

    /** At least five times the primary and three times the control plane, in random order. */
    private static List<Victim> victims(Random random) {
        var victims = new ArrayList<Victim>();
        victims.addAll(Collections.nCopies(5, Victim.PRIMARY));
        victims.addAll(Collections.nCopies(3, Victim.CONTROL_PLANE));
        victims.addAll(Collections.nCopies(3, Victim.STANDBY));
        while (victims.size() < 20) {
            victims.add(Victim.values()[random.nextInt(Victim.values().length)]);
        }
        Collections.shuffle(victims, random);
        return victims;
    }

    /** Half the calls before the kill, half after it, then everything whole again. */
    private static void round(BenchFleet fleet, CallLoad load, Victim victim, Random random)
            throws IOException {
        load.awaitMore(CALLS_PER_ROUND / 2 + random.nextInt(100));
        long pid = pidOf(fleet, victim, random);
        System.out.printf("kill -9 %d, %s, after %d calls%n", pid, victim, load.book().size());
        BenchFleet.kill(pid);
        load.awaitMore(CALLS_PER_ROUND / 2);
        load.rest();
        fleet.await(
                "three members in sync",
                group ->
                        group.serving()
                                && group.inSync().size() == 3
                                && group.members().stream().allMatch(m -> m.connected()));
        load.requireWell();
        load.go();
    }

    private static long pidOf(BenchFleet fleet, Victim victim, Random random) throws IOException {
        var file = fleet.file();
        if (victim == Victim.CONTROL_PLANE) {
            return file.controlPlane().pid();
        }
        NodeId primary = fleet.client().group(BenchFleet.GROUP).primary();
        var candidates =
                file.agents().stream()
                        .filter(a -> a.node().equals(primary) == (victim == Victim.PRIMARY))
                        .map(DevFleet.Agent::pid)
                        .toList();
        return candidates.get(random.nextInt(candidates.size()));
    }

    /** kill -9 cannot reveal a missing fsync, so they are counted. */
    private static void requireSyncs(BenchFleet fleet) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            for (URI agent : fleet.agents()) {
                var request = HttpRequest.newBuilder(agent.resolve("/v1/ledger")).build();
                var report =
                        Json.MAPPER.readTree(http.send(request, BodyHandlers.ofString()).body());
                assertThat(report.get("blocksWritten").asLong()).as("%s", agent).isPositive();
                assertThat(report.get("walSyncs").asLong())
                        .as("fsyncs of %s", agent)
                        .isGreaterThanOrEqualTo(report.get("blocksWritten").asLong());
            }
        }
    }
}
