package io.xwasm.agent.ledger.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.ledger.replication.TestGroup.Node;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protocol rule 13, at a primary one of whose standbys confirms when the test says so. */
class ReadingRulesTest {
    private TestGroup group;
    private Node one;
    private ScriptedMember played;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        group = new TestGroup(folder);
        group.refuseChanges();
        one = group.start("node-1");
        played = group.script("node-2");
        group.lead(one, List.of(one), List.of(played));
        TestGroup.await("a primary", () -> one.member().report().serving());
        played.confirms(false);
    }

    @AfterEach
    void stop() throws Exception {
        group.close();
        played.close();
        assertThat(group.failures()).isEmpty();
    }

    private CompletableFuture<Long> query() {
        return one.member().reads().state(CommittedState::height);
    }

    private long rounds() {
        return played.heard(ReplicationMessage.Confirm.class).stream()
                .mapToLong(ReplicationMessage.Confirm::round)
                .distinct()
                .count();
    }

    @Test
    void a_query_waits_for_a_confirmation_begun_after_it_arrived() throws Exception {
        var first = query();
        TestGroup.await("the first round", () -> rounds() == 1);
        var second = query();
        assertThat(first).isNotDone();

        played.confirmNow();

        assertThat(first.get(10, TimeUnit.SECONDS)).isZero();
        TestGroup.await("a round of its own", () -> rounds() == 2);
        assertThat(second).isNotDone();
        played.confirmNow();
        assertThat(second.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void one_round_serves_all_queries_that_wait() throws Exception {
        var first = query();
        TestGroup.await("the first round", () -> rounds() == 1);
        var waiting = List.of(query(), query(), query());

        played.confirmNow();
        TestGroup.await("the second round", () -> rounds() == 2);
        played.confirmNow();

        for (var query : waiting) {
            assertThat(query.get(10, TimeUnit.SECONDS)).isZero();
        }
        assertThat(first).isDone();
        assertThat(rounds()).isEqualTo(2);
    }

    @Test
    void a_round_that_a_newer_epoch_overtakes_is_begun_again() throws Exception {
        var query = query();
        TestGroup.await("the round", () -> rounds() == 1);

        var newer = group.lead(one, List.of(one), List.of(played));
        TestGroup.await(
                "the newer epoch", () -> one.member().report().epoch().equals(newer.epoch()));
        TestGroup.await("the round in it", () -> rounds() == 2);
        assertThat(query).isNotDone();
        played.confirmNow();

        assertThat(query.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void a_member_that_hangs_up_in_a_round_is_asked_again() throws Exception {
        var query = query();
        TestGroup.await("the round", () -> rounds() == 1);

        played.confirms(true);
        played.claim(played.incarnation());

        assertThat(query.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void queries_that_wait_when_another_takes_over_are_sent_away() throws Exception {
        var two = group.start("node-3");
        var query = query();
        TestGroup.await("the round", () -> rounds() == 1);

        group.lead(two, List.of(two), List.of(played));

        assertThatThrownBy(() -> query.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(NotPrimary.class);
    }
}
