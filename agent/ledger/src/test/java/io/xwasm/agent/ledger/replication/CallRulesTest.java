package io.xwasm.agent.ledger.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.ledger.replication.TestGroup.Node;
import io.xwasm.agent.ledger.state.CallExecutor;
import io.xwasm.agent.protocol.AccountKey;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Receipt;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protocol rules 11 and 12: calls that come again, come late, or come out of order. */
class CallRulesTest {
    private static final Address ALICE = AccountKey.generate().address();
    private static final long BEGIN = 1_800_000_000_000L;

    private final AtomicLong now = new AtomicLong(BEGIN);
    private TestGroup group;
    private Node one;
    private Node two;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        group = new TestGroup(folder);
        group.useClock(() -> Instant.ofEpochMilli(now.get()));
        one = group.start("node-1");
        two = group.start("node-2");
        leads(one);
    }

    private void leads(Node node) throws Exception {
        group.lead(node, List.of(one, two));
        TestGroup.await("a primary", () -> node.member().report().serving());
    }

    @AfterEach
    void stop() throws Exception {
        group.close();
        assertThat(group.failures()).isEmpty();
    }

    private static Receipt receipt(CompletableFuture<Submission> future) throws Exception {
        var submission = future.get(10, TimeUnit.SECONDS);
        assertThat(submission).isInstanceOf(Submission.Acknowledged.class);
        return ((Submission.Acknowledged) submission).receipt();
    }

    private static String refusal(CompletableFuture<Submission> future) throws Exception {
        var submission = future.get(10, TimeUnit.SECONDS);
        assertThat(submission).isInstanceOf(Submission.Refused.class);
        return ((Submission.Refused) submission).kind();
    }

    private CompletableFuture<Submission> expiring(long nonce, long at) {
        return one.member().submit(group.transfer(group.fleet, nonce, ALICE, 1, at));
    }

    @Test
    void a_call_that_has_expired_is_refused_and_its_nonce_stays_free() throws Exception {
        assertThat(refusal(expiring(0, BEGIN - 1))).isEqualTo("expired");
        assertThat(receipt(expiring(0, BEGIN)).failure()).isNull();
    }

    @Test
    void a_call_may_not_be_valid_for_longer_than_receipts_are_kept() throws Exception {
        long latest = BEGIN + CallExecutor.LONGEST_VALIDITY_MILLIS;
        assertThat(refusal(expiring(0, latest + 1))).isEqualTo("expires_too_late");
        assertThat(receipt(expiring(0, latest)).failure()).isNull();
    }

    @Test
    void a_repeated_call_gets_the_first_receipt_also_after_it_expired() throws Exception {
        var call = group.transfer(group.fleet, 0, ALICE, 1, BEGIN + 1_000);
        var first = receipt(one.member().submit(call));

        now.addAndGet(10_000_000);

        assertThat(receipt(one.member().submit(call))).isEqualTo(first);
    }

    @Test
    void a_repeated_call_gets_the_first_receipt_also_after_promotion() throws Exception {
        var call = group.transfer(0, ALICE, 1);
        var first = receipt(one.member().submit(call));

        leads(two);

        assertThat(receipt(two.member().submit(call))).isEqualTo(first);
        assertThat(refusal(two.member().submit(group.transfer(0, ALICE, 2))))
                .isEqualTo("nonce_used");
    }

    @Test
    void the_same_call_sent_twice_at_once_is_executed_once() throws Exception {
        var call = group.transfer(0, ALICE, 3);
        var futures = new ArrayList<CompletableFuture<Submission>>();
        for (int i = 0; i < 50; i++) {
            futures.add(one.member().submit(call));
        }
        var first = receipt(futures.getFirst());
        for (var future : futures) {
            assertThat(receipt(future)).isEqualTo(first);
        }
        assertThat(one.member().reads().state(s -> s.balance(ALICE)).get(10, TimeUnit.SECONDS))
                .isEqualTo(3);
    }

    @Test
    void nonces_in_any_order_within_the_window_are_each_executed_once() throws Exception {
        long seed = Long.getLong("xwasm.seed", System.nanoTime());
        System.out.println("seed " + seed);
        var nonces = new ArrayList<Long>();
        for (long nonce = 0; nonce < 1_024; nonce++) {
            nonces.add(nonce);
        }
        Collections.shuffle(nonces, new Random(seed));
        var futures = new ArrayList<CompletableFuture<Submission>>();
        for (long nonce : nonces) {
            futures.add(one.member().submit(group.transfer(nonce, ALICE, 1)));
        }
        for (var future : futures) {
            assertThat(receipt(future).failure()).as("seed %d", seed).isNull();
        }
        assertThat(one.member().reads().state(s -> s.balance(ALICE)).get(10, TimeUnit.SECONDS))
                .isEqualTo(1_024);
    }

    @Test
    void the_largest_nonce_is_too_far_ahead_and_holds_nothing_up() throws Exception {
        assertThat(refusal(one.member().submit(group.transfer(Long.MAX_VALUE, ALICE, 1))))
                .isEqualTo("nonce_too_far_ahead");
        assertThat(receipt(one.member().submit(group.transfer(0, ALICE, 1))).failure()).isNull();
    }

    private static long time(Node node) {
        try (var view = node.member().reads().view()) {
            return Objects.requireNonNull(view.block()).header().timeMillis();
        }
    }

    @Test
    void block_time_never_goes_back() throws Exception {
        now.set(BEGIN + 5_000);
        var _ = receipt(expiring(0, BEGIN + 60_000));
        assertThat(time(one)).isEqualTo(BEGIN + 5_000);

        now.set(BEGIN);
        var _ = receipt(expiring(1, BEGIN + 60_000));
        assertThat(time(one)).isEqualTo(BEGIN + 5_000);

        leads(two);
        var _ = receipt(two.member().submit(group.transfer(2, ALICE, 1)));
        assertThat(time(two)).isEqualTo(BEGIN + 5_000);

        now.set(BEGIN + 6_000);
        var _ = receipt(two.member().submit(group.transfer(3, ALICE, 1)));
        assertThat(time(two)).isEqualTo(BEGIN + 6_000);
    }
}
