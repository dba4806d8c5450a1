package io.xwasm.agent.ledger.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.ledger.replication.TestGroup.Node;
import io.xwasm.agent.protocol.AccountKey;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.SignedCall;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicationTest {
    private static final Address ALICE = AccountKey.generate().address();

    private TestGroup group;
    private Node one;
    private Node two;
    private Node three;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        group = new TestGroup(folder);
        one = group.start("node-1");
        two = group.start("node-2");
        three = group.start("node-3");
        group.lead(one, List.of(one, two, three));
        TestGroup.await("a primary", () -> one.member().report().serving());
    }

    @AfterEach
    void stop() throws Exception {
        group.close();
    }

    private static Receipt receipt(CompletableFuture<Submission> future) throws Exception {
        var submission = future.get(10, TimeUnit.SECONDS);
        assertThat(submission).isInstanceOf(Submission.Acknowledged.class);
        return ((Submission.Acknowledged) submission).receipt();
    }

    private static Configuration configuration(Node node) {
        return Objects.requireNonNull(node.member().configuration());
    }

    private static BigInteger balance(Node node, Address party) throws Exception {
        return node.member().reads().state(state -> state.balance(party)).get(10, TimeUnit.SECONDS);
    }

    @Test
    void an_acknowledged_call_is_on_every_disk_and_leads_to_the_same_root_everywhere()
            throws Exception {
        var receipt = receipt(one.member().submit(group.transfer(0, ALICE, 7)));

        assertThat(receipt.failure()).isNull();
        assertThat(List.of(two, three))
                .allSatisfy(n ->
                        assertThat(n.member().report().height())
                                .isGreaterThanOrEqualTo(receipt.height()));
        assertThat(balance(one, ALICE)).isEqualTo(7);
        var root = one.member().report().root();
        TestGroup.await(
                "equal roots",
                () ->
                        two.member().report().root().equals(root)
                                && three.member().report().root().equals(root));
    }

    @Test
    void every_member_counts_the_calls_above_a_height() throws Exception {
        var first = receipt(one.member().submit(group.transfer(0, ALICE, 1)));
        for (int nonce = 1; nonce <= 5; nonce++) {
            var _ = receipt(one.member().submit(group.transfer(nonce, ALICE, 1)));
        }
        for (var node : List.of(one, two, three)) {
            TestGroup.await("the calls", () -> callsAbove(node, first.height()) == 5);
            assertThat(callsAbove(node, 0)).isEqualTo(6);
            assertThat(callsAbove(node, 1_000)).isZero();
            try (var view = node.member().reads().view()) {
                var newest = Objects.requireNonNull(view.block()).header();
                assertThat(view.holds(newest.height(), newest.hash())).isTrue();
                assertThat(view.holds(newest.height() - 1, newest.hash())).isFalse();
                assertThat(view.holds(newest.height() + 1, newest.hash())).isFalse();
            }
        }
    }

    private static long callsAbove(Node node, long height) {
        try (var view = node.member().reads().view()) {
            return view.callsAbove(height);
        }
    }

    @Test
    void the_same_call_twice_gets_the_first_receipt_and_another_under_its_nonce_is_refused()
            throws Exception {
        var call = group.transfer(0, ALICE, 7);
        var first = receipt(one.member().submit(call));

        assertThat(receipt(one.member().submit(call))).isEqualTo(first);
        assertThat(one.member().submit(group.transfer(0, ALICE, 8)).get(10, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Submission.Refused.class,
                        refused -> assertThat(refused.kind()).isEqualTo("nonce_used"));
        assertThat(balance(one, ALICE)).isEqualTo(7);
    }

    @Test
    void nonces_may_come_in_any_order_within_the_window() throws Exception {
        for (long nonce : new long[] {5, 3, 1_000, 0, 4}) {
            assertThat(receipt(one.member().submit(group.transfer(nonce, ALICE, 1))).failure())
                    .isNull();
        }
        assertThat(one.member().submit(group.transfer(5_000, ALICE, 1)).get(10, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Submission.Refused.class,
                        refused -> assertThat(refused.kind()).isEqualTo("nonce_too_far_ahead"));
    }

    @Test
    void a_failed_call_leaves_nothing_but_its_receipt() throws Exception {
        var poor = AccountKey.generate();
        var receipt = receipt(one.member().submit(group.transfer(poor, 0, ALICE, 1)));

        assertThat(receipt.failure()).extracting("kind").isEqualTo("insufficient_balance");
        assertThat(balance(one, ALICE)).isZero();
    }

    @Test
    void a_standby_that_dies_is_removed_and_calls_go_on() throws Exception {
        receipt(one.member().submit(group.transfer(0, ALICE, 1)));
        group.stop(three);

        receipt(one.member().submit(group.transfer(1, ALICE, 1)));

        assertThat(configuration(one).inSync())
                .containsExactlyInAnyOrder(one.member().incarnation(), two.member().incarnation());
    }

    @Test
    void nothing_is_acknowledged_while_a_member_that_counts_is_away() throws Exception {
        group.refuseChanges();
        group.stop(three);

        var future = one.member().submit(group.transfer(0, ALICE, 1));

        TestGroup.await("the block on the other disk", () -> two.member().report().height() >= 1);
        assertThat(future).isNotDone();
        assertThat(one.member().report().committed()).isZero();
    }

    @Test
    void a_promoted_member_has_everything_that_was_acknowledged() throws Exception {
        List<SignedCall> calls = new ArrayList<>();
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            var call = group.transfer(i, ALICE, 1);
            calls.add(call);
            receipts.add(receipt(one.member().submit(call)));
        }
        group.stop(one);
        group.lead(two, List.of(two, three));
        TestGroup.await("the new primary", () -> two.member().report().serving());

        for (int i = 0; i < calls.size(); i++) {
            assertThat(receipt(two.member().submit(calls.get(i)))).isEqualTo(receipts.get(i));
        }
        assertThat(balance(two, ALICE)).isEqualTo(200);
    }

    @Test
    void an_old_primary_that_was_cut_off_acknowledges_nothing_and_loses_its_tail()
            throws Exception {
        receipt(one.member().submit(group.transfer(0, ALICE, 1)));
        group.refuseChanges();
        // The old primary does not hear of its successor, and its members do not answer it any
        // more.
        var lonely = group.transfer(1, ALICE, 100);
        var configuration = group.lead(two, List.of(two, three));
        TestGroup.await("the new primary", () -> two.member().report().serving());
        assertThat(configuration(one).epoch()).isEqualTo(configuration.epoch());

        assertThat(one.member().submit(lonely).get(10, TimeUnit.SECONDS))
                .isInstanceOf(Submission.Elsewhere.class);
        assertThatThrownBy(() ->
                        one.member()
                                .reads()
                                .state(CommittedState::height)
                                .get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(NotPrimary.class);
        receipt(two.member().submit(group.transfer(2, ALICE, 2)));
        assertThat(balance(two, ALICE)).isEqualTo(3);
    }

    @Test
    void a_restarted_primary_waits_for_a_new_epoch_before_it_acts() throws Exception {
        receipt(one.member().submit(group.transfer(0, ALICE, 1)));
        group.refuseChanges();
        group.stop(one);
        var again = group.start("node-1");
        var same = configuration(again);

        again.member().configure(same);

        TestGroup.await("the wait", () -> again.member().report().needsEpoch());
        assertThat(again.member().report().serving()).isFalse();
        group.lead(again, List.of(again, two, three));
        TestGroup.await("the new epoch", () -> again.member().report().serving());
        assertThat(balance(again, ALICE)).isEqualTo(1);
    }

    @Test
    void a_member_that_was_away_catches_up_and_is_in_sync_again() throws Exception {
        group.stop(three);
        for (int i = 0; i < 300; i++) {
            receipt(one.member().submit(group.transfer(i, ALICE, 1)));
        }
        var back = group.start("node-3");
        group.lead(one, List.of(one, two));

        TestGroup.await(
                "three in sync", () -> configuration(one).isInSync(back.member().incarnation()));
        var root = one.member().report().root();
        TestGroup.await("the same root", () -> back.member().report().root().equals(root));
    }

    @Test
    void every_block_is_synced_to_disk_on_every_member() throws Exception {
        for (int i = 0; i < 50; i++) {
            receipt(one.member().submit(group.transfer(i, ALICE, 1)));
        }
        assertThat(List.of(one, two, three))
                .allSatisfy(n -> {
                    var report = n.member().report();
                    assertThat(report.blocksWritten()).isGreaterThanOrEqualTo(50);
                    assertThat(report.walSyncs()).isGreaterThanOrEqualTo(report.blocksWritten());
                });
    }
}
