package io.xwasm.deploy.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.protocol.AccountKey;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.controlplane.api.RollbackContract;
import io.xwasm.controlplane.api.UpgradeContract;
import io.xwasm.deploy.bench.BenchFleet;
import io.xwasm.deploy.bench.CallLoad;
import io.xwasm.deploy.bench.Deployment;
import io.xwasm.deploy.bench.Ledgerbook;
import io.xwasm.deploy.bench.Market;
import io.xwasm.deploy.cli.agent.AgentClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upgrade that re-encodes what most calls write, and its way back, while calls go on. */
class UpgradeUnderLoadTest {
    private static final int ENTRIES = Integer.getInteger("xwasm.entries", 100_000);
    private static final int SPONSORS = 48;
    private static final int TRADERS = 8;
    private static final int ROUNDS = 3;
    private static final long LONGEST_GAP_MILLIS = 250;

    private static BenchFleet fleet;
    private static AgentClient agents;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        fleet = BenchFleet.start(BenchFleet.home(), folder, 18_650, List.of());
        agents = new AgentClient(fleet.agents(), Thread::sleep);
    }

    @AfterAll
    static void stop() throws Exception {
        agents.close();
        fleet.close();
    }

    @Test
    void upgrade_and_rollback_with_many_entries_fail_no_call_and_keep_what_was_written()
            throws Exception {
        var market = Market.open(fleet, agents, "kept");
        fill(market);
        var traders = traders(market);
        var load = load(market, traders);
        var gaps = new ArrayList<Long>();
        try (load) {
            load.awaitMore(500);
            for (int round = 0; round < ROUNDS; round++) {
                gaps.add(gapDuring(load, () -> upgrade(market, "dex-2")));
                gaps.add(gapDuring(load, () -> rollBack(market)));
            }
        }

        System.out.printf("gaps %s ms with %d entries%n", gaps, ENTRIES);
        assertThat(load.book().entries()).allMatch(Ledgerbook.Acknowledged::succeeded);
        for (int i = 0; i < TRADERS; i++) {
            int trader = i;
            assertThat(market.tradesOf(traders.get(i)))
                    .isEqualTo(
                            load.book().entries().stream()
                                    .filter(e -> e.sender() == trader)
                                    .count());
        }
        assertThat(market.reservesMatchBalances()).isTrue();
        // The machine may be busy with something else once, not most of the time.
        assertThat(gaps.stream().sorted().toList().get(gaps.size() / 2))
                .as("median of the gaps %s", gaps)
                .isLessThanOrEqualTo(LONGEST_GAP_MILLIS);
    }

    /** Otherwise the test above would prove nothing. */
    @Test
    void with_migrations_that_do_nothing_the_calls_after_the_upgrade_fail() throws Exception {
        var market = Market.open(fleet, agents, "broken");
        var load = load(market, traders(market));
        try (load) {
            load.awaitMore(100);
            upgrade(market, "dex-2-unmigrated");
            load.awaitMore(200);
        }
        assertThat(load.book().entries()).anyMatch(e -> !e.succeeded());
    }

    private interface Deed {
        void run() throws IOException;
    }

    /** The longest time without an acknowledgement while something is done, and a little after. */
    private static long gapDuring(CallLoad load, Deed deed) throws IOException {
        long from = System.nanoTime();
        deed.run();
        load.awaitMore(300);
        return longestGapMillis(load.book(), from, System.nanoTime());
    }

    private static void rollBack(Market market) throws IOException {
        Deployment.finish(
                fleet.client(), fleet.client().rollback(market.name(), new RollbackContract(null)));
    }

    private static void upgrade(Market market, String shipped) throws IOException {
        var code = fleet.client().uploadCode(ShippedContracts.code(shipped));
        Deployment.finish(
                fleet.client(),
                fleet.client().upgrade(market.name(), new UpgradeContract(code.hash(), null)));
    }

    private static List<AccountKey> traders(Market market) throws IOException {
        var traders = new ArrayList<AccountKey>();
        for (int i = 0; i < TRADERS; i++) {
            traders.add(market.trader());
        }
        return traders;
    }

    private static CallLoad load(Market market, List<AccountKey> traders) throws IOException {
        return new CallLoad(
                TRADERS,
                (client, number) -> market.swap(traders.get(client), Market.firstNonce() + number),
                fleet.agents(),
                agents.primary(),
                TimeUnit.MILLISECONDS.toNanos(10));
    }

    /** Each new trader leaves a record: three calls each, at full speed. */
    private static void fill(Market market) throws Exception {
        var sponsors = new ArrayList<AccountKey>();
        for (int i = 0; i < SPONSORS; i++) {
            sponsors.add(market.trader());
        }
        int callsEach = 3 * (ENTRIES / SPONSORS + 1);
        var pending = new ArrayList<ArrayDeque<SignedCall>>();
        sponsors.forEach(_ -> pending.add(new ArrayDeque<>()));
        var filling =
                new CallLoad(
                        SPONSORS,
                        (client, number) -> {
                            var calls = pending.get(client);
                            if (calls.isEmpty()) {
                                calls.addAll(
                                        market.newcomer(
                                                sponsors.get(client),
                                                Market.firstNonce() + number / 3));
                            }
                            return calls.remove();
                        },
                        fleet.agents(),
                        agents.primary(),
                        0);
        try (filling) {
            while (filling.book().size() < SPONSORS * callsEach) {
                filling.awaitMore(Math.min(20_000, SPONSORS * callsEach - filling.book().size()));
            }
        }
        assertThat(filling.book().entries()).allMatch(Ledgerbook.Acknowledged::succeeded);
    }

    private static long longestGapMillis(Ledgerbook book, long from, long to) {
        var times =
                book.entries().stream()
                        .mapToLong(Ledgerbook.Acknowledged::atNanos)
                        .filter(at -> at >= from && at <= to)
                        .sorted()
                        .toArray();
        long longest = 0;
        for (int i = 1; i < times.length; i++) {
            longest = Math.max(longest, times[i] - times[i - 1]);
        }
        return TimeUnit.NANOSECONDS.toMillis(longest);
    }
}
