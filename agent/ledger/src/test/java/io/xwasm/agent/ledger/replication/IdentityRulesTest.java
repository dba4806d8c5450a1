package io.xwasm.agent.ledger.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.ledger.replication.TestGroup.Node;
import io.xwasm.agent.ledger.state.CallExecutor;
import io.xwasm.agent.ledger.store.LedgerFolder;
import io.xwasm.agent.protocol.AccountKey;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.vm.ChicoryContractVm;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protocol rules 1 to 3 and 24: who is a member, and which configuration holds. */
class IdentityRulesTest {
    private static final Address ALICE = AccountKey.generate().address();

    private TestGroup group;
    private Node one;
    private Node two;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        group = new TestGroup(folder);
        one = group.start("node-1");
        two = group.start("node-2");
    }

    @AfterEach
    void stop() throws Exception {
        group.close();
        assertThat(group.failures()).isEmpty();
    }

    private static Configuration configuration(Node node) {
        return Objects.requireNonNull(node.member().configuration());
    }

    private Configuration leadOne() throws Exception {
        var configuration = group.lead(one, List.of(one, two));
        TestGroup.await("a primary", () -> one.member().report().serving());
        TestGroup.await(
                "its standby", () -> two.member().report().epoch().equals(configuration.epoch()));
        return configuration;
    }

    @Test
    void a_member_reports_also_while_its_ledger_is_replaced() throws Exception {
        var reports = new AtomicInteger();
        var failed = new AtomicReference<Throwable>();
        var reporter =
                Thread.ofPlatform()
                        .start(() -> {
                            while (!Thread.currentThread().isInterrupted()) {
                                two.member().report();
                                reports.incrementAndGet();
                            }
                        });
        reporter.setUncaughtExceptionHandler((_, e) -> failed.set(e));
        for (int life = 0; life < 5; life++) {
            int before = reports.get();
            two.member().replaceWith(another("life-" + life), Epoch.NONE);
            TestGroup.await(
                    "a report of the new life",
                    () -> reports.get() > before || !reporter.isAlive());
        }
        reporter.interrupt();
        reporter.join();
        assertThat(failed.get()).isNull();
    }

    private LedgerFolder another(String name) {
        return LedgerFolder.openOrFound(
                group.folderOf(two).resolveSibling(name),
                group.genesis,
                new CallExecutor(new ChicoryContractVm(), group.genesis));
    }

    @Test
    void a_member_of_another_incarnation_neither_acknowledges_nor_confirms() throws Exception {
        group.refuseChanges();
        try (var played = group.script("node-3")) {
            group.lead(one, List.of(one, two), List.of(played));
            TestGroup.await("a primary", () -> one.member().report().serving());

            played.claim(Incarnation.mint());
            TestGroup.await(
                    "the connection of the other",
                    () -> played.heard(ReplicationMessage.Open.class).size() >= 2);
            var call = one.member().submit(group.transfer(0, ALICE, 1));
            var query = one.member().reads().state(CommittedState::height);
            int openings = played.heard(ReplicationMessage.Open.class).size();
            TestGroup.await(
                    "the primary's attempts",
                    () -> played.heard(ReplicationMessage.Open.class).size() >= openings + 4);
            assertThat(call).isNotDone();
            assertThat(query).isNotDone();

            played.claim(played.incarnation());
            assertThat(call.get(10, TimeUnit.SECONDS)).isInstanceOf(Submission.Acknowledged.class);
            assertThat(query.get(10, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void an_opening_that_is_meant_for_another_incarnation_is_refused() throws Exception {
        var configuration = leadOne();
        try (var primary = ScriptedPrimary.dial(two)) {
            primary.send(
                    new ReplicationMessage.Open(
                            TestGroup.GROUP,
                            configuration.primary(),
                            Incarnation.mint(),
                            configuration));

            assertThat(primary.receive(ReplicationMessage.Refused.class).configuration())
                    .isEqualTo(configuration);
        }
    }

    @Test
    void a_ledger_keeps_its_incarnation_and_a_blank_folder_is_a_new_member() throws Exception {
        var before = two.member().incarnation();
        group.stop(two);
        var again = group.start("node-2");
        assertThat(again.member().incarnation()).isEqualTo(before);

        group.stop(again);
        java.nio.file.Files.move(
                group.folderOf(again), group.folderOf(again).resolveSibling("gone"));
        assertThat(group.start("node-2").member().incarnation()).isNotEqualTo(before);
    }

    @Test
    void an_older_epoch_is_refused_after_restart() throws Exception {
        var old = leadOne();
        var newer = group.lead(one, List.of(one, two));
        TestGroup.await(
                "the newer epoch", () -> two.member().report().epoch().equals(newer.epoch()));
        group.stop(one);
        group.stop(two);
        var again = group.start("node-2");

        again.member().configure(old);

        try (var primary = ScriptedPrimary.open(again, old)) {
            assertThat(primary.receive(ReplicationMessage.Refused.class).configuration())
                    .isEqualTo(newer);
            assertThat(primary.next()).isEmpty();
        }
        assertThat(configuration(again)).isEqualTo(newer);
    }

    @Test
    void a_message_of_an_older_epoch_is_refused_on_an_open_connection() throws Exception {
        group.stop(one);
        var old =
                group.next(
                        one.member().incarnation(),
                        new TreeSet<>(
                                List.of(one.member().incarnation(), two.member().incarnation())));
        try (var primary = ScriptedPrimary.open(two, old)) {
            var _ = primary.receive(ReplicationMessage.Opened.class);
            var newer = group.next(old.primary(), old.inSync());
            two.member().configure(newer);
            TestGroup.await(
                    "the newer epoch", () -> two.member().report().epoch().equals(newer.epoch()));

            primary.send(new ReplicationMessage.Confirm(old.epoch(), 1));

            assertThat(primary.receive(ReplicationMessage.Refused.class).configuration())
                    .isEqualTo(newer);
            assertThat(primary.next()).isEmpty();
        }
    }

    @Test
    void a_configuration_is_on_disk_before_it_is_acted_upon() throws Exception {
        long before = two.member().report().walSyncs();

        var configuration = leadOne();

        assertThat(two.member().report().walSyncs()).isGreaterThan(before);
        group.stop(two);
        assertThat(configuration(group.start("node-2"))).isEqualTo(configuration);
    }

    @Test
    void a_configuration_of_other_metadata_is_not_taken() throws Exception {
        var known = leadOne();
        two.member()
                .configure(
                        new Configuration(
                                known.group(),
                                UUID.randomUUID(),
                                new Epoch(known.epoch().value() + 10),
                                known.primary(),
                                known.members(),
                                known.inSync(),
                                known.minimumSize(),
                                0,
                                known.version() + 10));

        TestGroup.await(
                "the complaint",
                () -> String.valueOf(two.member().report().sentence()).startsWith("frozen"));
        assertThat(configuration(two)).isEqualTo(known);
    }

    @Test
    void a_standby_learns_the_configuration_from_its_primary() throws Exception {
        leadOne();
        var newer = group.next(configuration(one).primary(), configuration(one).inSync());

        one.member().configure(newer);

        TestGroup.await(
                "the newer epoch", () -> two.member().report().epoch().equals(newer.epoch()));
    }

    @Test
    void an_old_primary_learns_from_a_refusal_that_its_time_is_over() throws Exception {
        leadOne();
        var newer = group.next(two.member().incarnation(), configuration(one).inSync());

        two.member().configure(newer);

        TestGroup.await(
                "the new primary's standby",
                () -> one.member().report().epoch().equals(newer.epoch()));
        TestGroup.await("the new primary", () -> two.member().report().serving());
        assertThat(one.member().submit(group.transfer(0, ALICE, 1)).get(10, TimeUnit.SECONDS))
                .isInstanceOf(Submission.Elsewhere.class);
    }
}
