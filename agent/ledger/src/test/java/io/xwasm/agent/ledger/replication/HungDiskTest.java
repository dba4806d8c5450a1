package io.xwasm.agent.ledger.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.ledger.replication.TestGroup.Node;
import io.xwasm.agent.ledger.store.HungDisk;
import io.xwasm.agent.protocol.AccountKey;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Member;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protocol rule 18: a primary whose disk takes a write and does not end it. */
class HungDiskTest {
    private static final Address ALICE = AccountKey.generate().address();

    private TestGroup group;
    private Node one;
    private Node two;
    private Node three;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        group = new TestGroup(folder);
        group.refuseChanges();
        one = group.start("node-1");
        two = group.start("node-2");
        three = group.start("node-3");
        group.lead(one, List.of(one, two, three));
        TestGroup.await("a primary", () -> one.member().report().serving());
        TestGroup.await(
                "its voice", () -> two.member().hearsPrimary() && three.member().hearsPrimary());
    }

    @AfterEach
    void stop() throws Exception {
        group.close();
        assertThat(group.failures()).isEmpty();
    }

    @Test
    void its_standbys_hear_it_no_more_and_it_blames_none_of_them() throws Exception {
        try (var _ = HungDisk.under(one.member().chain().store())) {
            var call = one.member().submit(group.transfer(0, ALICE, 7));

            TestGroup.await(
                    "both to miss it",
                    () -> !two.member().hearsPrimary() && !three.member().hearsPrimary());
            TestGroup.await("the report", () -> group.heard().contains("lost in epoch 1"));
            assertThat(one.member().report().oldestUncommittedMillis())
                    .isGreaterThanOrEqualTo(1_000);
            assertThat(call).isNotDone();
            // Long enough for a member that was silent to be asked away.
            long reports = losses();
            TestGroup.await("further reports", () -> losses() >= reports + 4);
            assertThat(two.member().submit(group.transfer(1, ALICE, 1)).get())
                    .as("nobody is sent to a primary that is silent")
                    .isInstanceOfSatisfying(
                            Submission.Elsewhere.class, e -> assertThat(e.primary()).isNull());
            assertThat(group.heard()).noneMatch(line -> line.startsWith("removal"));
        }
        TestGroup.await(
                "its voice again",
                () -> two.member().hearsPrimary() && three.member().hearsPrimary());
        assertThat(group.heard()).noneMatch(line -> line.startsWith("removal"));
    }

    private long losses() {
        return group.heard().stream().filter("lost in epoch 1"::equals).count();
    }

    @Test
    void another_takes_over_and_sends_its_callers_on_while_it_still_hangs() throws Exception {
        var call = group.transfer(0, ALICE, 7);
        try (var _ = HungDisk.under(one.member().chain().store())) {
            var waiting = one.member().submit(call);
            TestGroup.await("the block at a standby", () -> two.member().report().height() == 1);

            group.lead(two, List.of(two, three));

            assertThat(waiting.get(10, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Submission.Elsewhere.class,
                            elsewhere ->
                                    assertThat(elsewhere.primary())
                                            .extracting(Member::incarnation)
                                            .isEqualTo(two.member().incarnation()));
            assertThat(one.member().report().serving()).isFalse();
            TestGroup.await("the new primary", () -> two.member().report().serving());
            assertThat(two.member().submit(call).get(10, TimeUnit.SECONDS))
                    .isInstanceOf(Submission.Acknowledged.class);
        }
        TestGroup.await(
                "its chain to be the new primary's",
                () ->
                        one.member().report().hash().equals(two.member().report().hash())
                                && one.member().report().executed() == 1);
        assertThat(two.member().reads().state(s -> s.balance(ALICE)).get(10, TimeUnit.SECONDS))
                .isEqualTo(7);
    }

    @Test
    void what_waited_is_committed_when_the_disk_goes_on_and_nobody_took_over() throws Exception {
        CompletableFuture<Submission> waiting;
        try (var _ = HungDisk.under(one.member().chain().store())) {
            waiting = one.member().submit(group.transfer(0, ALICE, 7));
            TestGroup.await("both to miss it", () -> !two.member().hearsPrimary());
            assertThat(waiting).isNotDone();
        }
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isInstanceOf(Submission.Acknowledged.class);
    }
}
