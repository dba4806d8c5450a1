package io.xwasm.agent.ledger.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.ledger.replication.TestGroup.Node;
import io.xwasm.agent.protocol.AccountKey;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Receipt;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protocol rules 7, 8, 14, 18 and 20, seen at a primary one of whose standbys acknowledges and
 * confirms when the test says so.
 */
class WritingRulesTest {
    private static final Address ALICE = AccountKey.generate().address();

    private TestGroup group;
    private Node one;
    private Node two;
    private ScriptedMember played;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        group = new TestGroup(folder);
        group.refuseChanges();
        one = group.start("node-1");
        two = group.start("node-2");
        played = group.script("node-3");
        group.lead(one, List.of(one, two), List.of(played));
        TestGroup.await("a primary", () -> one.member().report().serving());
    }

    @AfterEach
    void stop() throws Exception {
        group.close();
        played.close();
        assertThat(group.failures()).isEmpty();
    }

    private static Receipt receipt(CompletableFuture<Submission> future) throws Exception {
        var submission = future.get(10, TimeUnit.SECONDS);
        assertThat(submission).isInstanceOf(Submission.Acknowledged.class);
        return ((Submission.Acknowledged) submission).receipt();
    }

    private BigInteger balance(Node node) throws Exception {
        return node.member().reads().state(state -> state.balance(ALICE)).get(10, TimeUnit.SECONDS);
    }

    private CompletableFuture<Submission> submitted(long nonce) throws Exception {
        long height = one.member().report().height();
        var future = one.member().submit(group.transfer(nonce, ALICE, 1));
        TestGroup.await(
                "the block on both disks",
                () ->
                        one.member().report().height() == height + 1
                                && two.member().report().height() == height + 1);
        return future;
    }

    @Test
    void a_block_is_committed_only_when_every_in_sync_member_has_it() throws Exception {
        played.acknowledges(false);
        var future = submitted(0);
        int beats = played.heard(ReplicationMessage.Beat.class).size();
        TestGroup.await(
                "time to pass",
                () -> played.heard(ReplicationMessage.Beat.class).size() >= beats + 2);
        assertThat(future).isNotDone();
        assertThat(one.member().report().committed()).isZero();
        assertThat(one.member().report().oldestUncommittedMillis()).isPositive();

        played.acknowledges(true);

        assertThat(receipt(future).height()).isEqualTo(1);
        assertThat(one.member().report().committed()).isEqualTo(1);
        TestGroup.await("no wait", () -> one.member().report().oldestUncommittedMillis() == 0);
    }

    @Test
    void commitment_is_announced_also_when_no_further_block_follows() throws Exception {
        var _ = receipt(one.member().submit(group.transfer(0, ALICE, 1)));

        TestGroup.await("the news", () -> two.member().report().committed() == 1);
        TestGroup.await(
                "the news",
                () ->
                        played.heard(ReplicationMessage.Beat.class).stream()
                                .anyMatch(beat -> beat.committed() == 1));
        TestGroup.await("the execution", () -> two.member().report().executed() == 1);
    }

    @Test
    void a_standby_executes_only_what_is_committed() throws Exception {
        played.acknowledges(false);
        var future = submitted(0);
        assertThat(two.member().report().executed()).isZero();

        played.acknowledges(true);

        var _ = receipt(future);
        TestGroup.await("the execution", () -> two.member().report().executed() == 1);
    }

    @Test
    void receipts_and_query_results_are_given_only_from_committed_blocks() throws Exception {
        played.acknowledges(false);
        var call = group.transfer(0, ALICE, 7);
        var future = one.member().submit(call);
        TestGroup.await("the block on disk", () -> one.member().report().height() == 1);

        assertThat(one.member().reads().receipt(call.hash()).get(10, TimeUnit.SECONDS)).isNull();
        assertThat(balance(one)).isZero();
        try (var view = one.member().reads().view()) {
            assertThat(view.height()).isZero();
        }

        played.acknowledges(true);
        var receipt = receipt(future);
        assertThat(one.member().reads().receipt(call.hash()).get(10, TimeUnit.SECONDS))
                .isEqualTo(receipt);
        assertThat(balance(one)).isEqualTo(7);
    }

    @Test
    void a_refusal_is_given_only_when_what_it_rests_on_is_committed() throws Exception {
        played.acknowledges(false);
        var first = submitted(0);
        var other = one.member().submit(group.transfer(0, ALICE, 9));
        int beats = played.heard(ReplicationMessage.Beat.class).size();
        TestGroup.await(
                "time to pass",
                () -> played.heard(ReplicationMessage.Beat.class).size() >= beats + 2);
        assertThat(other).isNotDone();

        played.acknowledges(true);

        var _ = receipt(first);
        assertThat(other.get(10, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Submission.Refused.class,
                        refused -> assertThat(refused.kind()).isEqualTo("nonce_used"));
    }

    @Test
    void a_restarted_primary_gives_no_view_of_a_tail_that_was_never_committed() throws Exception {
        var _ = receipt(one.member().submit(group.transfer(0, ALICE, 1)));
        played.acknowledges(false);
        var _ = submitted(1);
        group.stop(one);

        var again = group.start("node-1");

        assertThat(again.member().report().executed()).isEqualTo(2);
        assertThat(again.member().report().committed()).isLessThan(2);
        assertThatThrownBy(() -> again.member().reads().view()).isInstanceOf(NotCommitted.class);
        played.acknowledges(true);
        group.lead(again, List.of(again, two), List.of(played));
        TestGroup.await("a primary", () -> again.member().report().serving());
        try (var view = again.member().reads().view()) {
            assertThat(view.height()).isEqualTo(2);
        }
    }

    @Test
    void a_joining_member_counts_from_the_request() throws Exception {
        group.lead(one, List.of(one, two));
        var wanted = "addition of %s wanted".formatted(played.incarnation());
        TestGroup.await(
                "the request",
                () -> group.heard().stream().anyMatch(line -> line.startsWith(wanted)));

        played.acknowledges(false);
        played.confirms(false);
        var future = submitted(0);
        var query = one.member().reads().state(CommittedState::height);
        TestGroup.await(
                "the question", () -> !played.heard(ReplicationMessage.Confirm.class).isEmpty());
        assertThat(future).isNotDone();
        assertThat(query).isNotDone();

        // A configuration of a higher epoch without it: it counts no more, unless asked for again,
        // which its missing acknowledgement forbids no longer than it is near.
        played.close();
        group.lead(one, List.of(one, two));
        assertThat(receipt(future).height()).isEqualTo(1);
        assertThat(query.get(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void a_standby_tells_that_its_primary_is_lost_and_no_longer_hears_it() throws Exception {
        TestGroup.await("the primary's voice", () -> two.member().hearsPrimary());
        var lost = "lost in epoch " + one.member().report().epoch();
        assertThat(group.heard()).doesNotContain(lost);

        group.stop(one);

        TestGroup.await("the report", () -> group.heard().contains(lost));
        assertThat(two.member().hearsPrimary()).isFalse();
    }

    @Test
    void a_promoted_member_commits_everything_it_holds_before_it_serves() throws Exception {
        played.acknowledges(false);
        var call = group.transfer(0, ALICE, 7);
        var _ = one.member().submit(call);
        TestGroup.await("the block on its disk", () -> two.member().report().height() == 1);
        group.stop(one);

        group.lead(two, List.of(two), List.of(played));
        TestGroup.await(
                "the new primary's beats",
                () ->
                        played.heard(ReplicationMessage.Beat.class).stream()
                                        .filter(beat -> beat.epoch().value() == 2)
                                        .count()
                                >= 2);
        assertThat(two.member().report().serving()).isFalse();

        played.acknowledges(true);
        TestGroup.await("the new primary", () -> two.member().report().serving());
        assertThat(balance(two)).isEqualTo(7);
        assertThat(receipt(two.member().submit(call)).height()).isEqualTo(1);
    }
}
