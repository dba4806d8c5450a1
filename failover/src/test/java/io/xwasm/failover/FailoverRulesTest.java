package io.xwasm.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.failover.FailoverDecision.Later;
import io.xwasm.failover.FailoverDecision.Promote;
import io.xwasm.failover.FailoverDecision.Stay;
import io.xwasm.failover.FailoverDecision.Wait;
import io.xwasm.failover.GroupSight.ChainEnd;
import io.xwasm.failover.GroupSight.Hearing;
import io.xwasm.failover.GroupSight.Move;
import io.xwasm.failover.GroupSight.PrimarySight;
import io.xwasm.failover.GroupSight.StandbySight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailoverRulesTest {
    private static final Member ONE = member("node-1");
    private static final Member TWO = member("node-2");
    private static final Member THREE = member("node-3");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final PrimarySight GONE =
            new PrimarySight(false, Optional.empty(), Duration.ZERO, false);

    private static Member member(String node) {
        return new Member(Incarnation.mint(), new NodeId(node), node + ":1", "http://" + node);
    }

    private static Configuration configuration(int minimumSize) {
        var all = List.of(ONE, TWO, THREE);
        return new Configuration(
                new GroupId("main"),
                new UUID(0, 1),
                new Epoch(7),
                ONE.incarnation(),
                all,
                new TreeSet<>(all.stream().map(Member::incarnation).toList()),
                minimumSize,
                0,
                9);
    }

    private static StandbySight standby(Member member, Hearing hearing, long height) {
        return new StandbySight(
                member, hearing, Optional.of(new ChainEnd(new Epoch(7), height)), true, HOUR);
    }

    private static StandbySight silent(Member member) {
        return new StandbySight(member, Hearing.UNKNOWN, Optional.empty(), true, HOUR);
    }

    private static FailoverDecision decide(
            PrimarySight primary, boolean automatic, StandbySight... standbys) {
        return FailoverRules.decide(
                new GroupSight(
                        configuration(2), primary, List.of(standbys), automatic, false, List.of()));
    }

    @Test
    void a_lost_primary_that_no_standby_hears_is_replaced_by_the_longest_chain() {
        assertThat(
                        decide(
                                GONE,
                                true,
                                standby(TWO, Hearing.DOES_NOT_HEAR, 10),
                                standby(THREE, Hearing.DOES_NOT_HEAR, 12)))
                .isInstanceOfSatisfying(
                        Promote.class,
                        p -> {
                            assertThat(p.node()).isEqualTo(THREE.node());
                            assertThat(p.inSync())
                                    .containsExactlyInAnyOrder(
                                            TWO.incarnation(), THREE.incarnation());
                        });
    }

    @Test
    void a_newer_block_epoch_counts_more_than_height() {
        var newer =
                new StandbySight(
                        TWO,
                        Hearing.DOES_NOT_HEAR,
                        Optional.of(new ChainEnd(new Epoch(7), 10)),
                        true,
                        HOUR);
        var longer =
                new StandbySight(
                        THREE,
                        Hearing.DOES_NOT_HEAR,
                        Optional.of(new ChainEnd(new Epoch(6), 99)),
                        true,
                        HOUR);
        assertThat(decide(GONE, true, newer, longer))
                .isInstanceOfSatisfying(
                        Promote.class, p -> assertThat(p.node()).isEqualTo(TWO.node()));
    }

    @Test
    void among_equal_chains_the_member_that_has_run_for_longest_is_promoted() {
        var end = Optional.of(new ChainEnd(new Epoch(7), 10));
        var started =
                new StandbySight(TWO, Hearing.DOES_NOT_HEAR, end, true, Duration.ofSeconds(2));
        var warm = new StandbySight(THREE, Hearing.DOES_NOT_HEAR, end, true, HOUR);
        for (var order : List.of(List.of(started, warm), List.of(warm, started))) {
            assertThat(decide(GONE, true, order.getFirst(), order.getLast()))
                    .isInstanceOfSatisfying(
                            Promote.class, p -> assertThat(p.node()).isEqualTo(THREE.node()));
        }
    }

    @Test
    void a_standby_that_still_hears_the_primary_keeps_it() {
        assertThat(
                        decide(
                                GONE,
                                true,
                                standby(TWO, Hearing.HEARS, 10),
                                standby(THREE, Hearing.DOES_NOT_HEAR, 10)))
                .isInstanceOf(Stay.class);
    }

    @Test
    void a_primary_that_the_watcher_hears_stays() {
        var there =
                new PrimarySight(
                        true, Optional.of(new ChainEnd(new Epoch(7), 10)), Duration.ZERO, false);
        assertThat(
                        decide(
                                there,
                                true,
                                standby(TWO, Hearing.DOES_NOT_HEAR, 10),
                                standby(THREE, Hearing.DOES_NOT_HEAR, 10)))
                .isInstanceOf(Stay.class);
    }

    @Test
    void silence_of_the_standbys_is_not_agreement() {
        assertThat(decide(GONE, true, silent(TWO), silent(THREE))).isInstanceOf(Wait.class);
    }

    @Test
    void below_the_minimum_size_it_waits() {
        assertThat(decide(GONE, true, standby(TWO, Hearing.DOES_NOT_HEAR, 10), silent(THREE)))
                .isInstanceOf(Wait.class);
    }

    @Test
    void with_strategy_manual_a_person_decides_and_then_it_is_done() {
        var standbys =
                List.of(
                        standby(TWO, Hearing.DOES_NOT_HEAR, 10),
                        standby(THREE, Hearing.DOES_NOT_HEAR, 10));
        assertThat(
                        FailoverRules.decide(
                                new GroupSight(
                                        configuration(2), GONE, standbys, false, false, List.of())))
                .isInstanceOfSatisfying(
                        Wait.class, w -> assertThat(w.candidate()).contains(TWO.node()));
        assertThat(
                        FailoverRules.decide(
                                new GroupSight(
                                        configuration(2), GONE, standbys, false, true, List.of())))
                .isInstanceOf(Promote.class);
    }

    @Test
    void a_primary_that_was_started_anew_leads_again_when_its_chain_is_as_long() {
        var again =
                new PrimarySight(
                        true, Optional.of(new ChainEnd(new Epoch(7), 12)), Duration.ZERO, true);
        assertThat(
                        decide(
                                again,
                                false,
                                standby(TWO, Hearing.DOES_NOT_HEAR, 12),
                                standby(THREE, Hearing.DOES_NOT_HEAR, 11)))
                .isInstanceOfSatisfying(
                        Promote.class,
                        p -> {
                            assertThat(p.node()).isEqualTo(ONE.node());
                            assertThat(p.inSync()).hasSize(3);
                        });
    }

    private static FailoverDecision decide(boolean ordered, List<Move> moves) {
        var standbys =
                List.of(
                        standby(TWO, Hearing.DOES_NOT_HEAR, 10),
                        standby(THREE, Hearing.DOES_NOT_HEAR, 10));
        return FailoverRules.decide(
                new GroupSight(configuration(2), GONE, standbys, true, ordered, moves));
    }

    private static List<Move> automaticMoves(int count, Duration apart, Duration sinceTheNewest) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Move(sinceTheNewest.plus(apart.multipliedBy(i)), true))
                .toList();
    }

    @Test
    void an_automatic_change_keeps_a_grace_after_another_one_and_a_person_does_not() {
        var moved = List.of(new Move(Duration.ofMillis(400), false));
        assertThat(decide(false, moved))
                .isInstanceOfSatisfying(
                        Later.class,
                        later -> {
                            assertThat(later.left()).isEqualTo(Duration.ofMillis(600));
                            assertThat(later.why()).contains("the role moved 400 ms ago");
                        });
        assertThat(decide(true, moved)).isInstanceOf(Promote.class);
        assertThat(decide(false, List.of(new Move(FailoverRules.GRACE, true))))
                .isInstanceOf(Promote.class);
    }

    @Test
    void many_automatic_changes_in_a_short_time_hand_over_to_a_person() {
        var fast = Duration.ofSeconds(2);
        var minute = Duration.ofMinutes(1);
        int most = FailoverRules.MOST_MOVES;
        assertThat(decide(false, automaticMoves(most - 1, fast, minute)))
                .isInstanceOf(Promote.class);
        assertThat(decide(false, automaticMoves(most, fast, minute)))
                .isInstanceOfSatisfying(
                        Wait.class,
                        wait -> {
                            assertThat(wait.candidate()).contains(TWO.node());
                            assertThat(wait.why())
                                    .contains("replaced 20 times within 60 s, so a person decides");
                        });
        assertThat(decide(true, automaticMoves(most, fast, minute))).isInstanceOf(Promote.class);
        assertThat(decide(false, automaticMoves(most, Duration.ofSeconds(4), minute)))
                .as("as fast as nodes are killed and started again")
                .isInstanceOf(Promote.class);
        assertThat(decide(false, automaticMoves(most, fast, FailoverRules.QUIET)))
                .as("after a long quiet")
                .isInstanceOf(Promote.class);
    }

    @Test
    void after_a_person_has_moved_the_role_the_machine_decides_again() {
        var moves = new ArrayList<Move>();
        moves.add(new Move(Duration.ofSeconds(30), false));
        moves.addAll(automaticMoves(50, Duration.ofSeconds(1), Duration.ofSeconds(31)));
        assertThat(decide(false, moves)).isInstanceOf(Promote.class);
    }

    @Test
    void a_quarantined_standby_is_not_promoted() {
        var sick =
                new StandbySight(
                        THREE,
                        Hearing.DOES_NOT_HEAR,
                        Optional.of(new ChainEnd(new Epoch(7), 99)),
                        false,
                        HOUR);
        assertThat(decide(GONE, true, standby(TWO, Hearing.DOES_NOT_HEAR, 10), sick))
                .isInstanceOfSatisfying(
                        Promote.class, p -> assertThat(p.node()).isEqualTo(TWO.node()));
    }

    /** Every combination of what two standbys may answer, held against the invariants. */
    @Test
    void no_sight_whatsoever_promotes_without_witness_or_outside_the_in_sync_set() {
        List<StandbySight> answersOfTwo = answers(TWO);
        List<StandbySight> answersOfThree = answers(THREE);
        int promotions = 0;
        for (PrimarySight primary : primaries()) {
            for (StandbySight two : answersOfTwo) {
                for (StandbySight three : answersOfThree) {
                    for (int flags = 0; flags < 4; flags++) {
                        var sight =
                                new GroupSight(
                                        configuration(2),
                                        primary,
                                        List.of(two, three),
                                        (flags & 1) == 1,
                                        (flags & 2) == 2,
                                        List.of());
                        if (FailoverRules.decide(sight) instanceof Promote promote) {
                            promotions++;
                            requireSafe(sight, promote);
                        }
                    }
                }
            }
        }
        assertThat(promotions).isPositive();
    }

    private static List<PrimarySight> primaries() {
        var end = Optional.of(new ChainEnd(new Epoch(7), 10));
        return List.of(
                GONE,
                new PrimarySight(true, Optional.empty(), Duration.ZERO, false),
                new PrimarySight(true, end, Duration.ZERO, false),
                new PrimarySight(true, end, Duration.ofSeconds(1), false),
                new PrimarySight(true, end, Duration.ZERO, true));
    }

    private static List<StandbySight> answers(Member member) {
        var answers = new ArrayList<StandbySight>();
        answers.add(silent(member));
        for (Hearing hearing : List.of(Hearing.HEARS, Hearing.DOES_NOT_HEAR)) {
            for (long height = 9; height <= 11; height++) {
                for (boolean promotable : new boolean[] {true, false}) {
                    answers.add(
                            new StandbySight(
                                    member,
                                    hearing,
                                    Optional.of(new ChainEnd(new Epoch(7), height)),
                                    promotable,
                                    HOUR));
                }
            }
        }
        return answers;
    }

    private static void requireSafe(GroupSight sight, Promote promote) {
        assertThat(promote.inSync()).contains(promote.candidate());
        assertThat(sight.configuration().inSync()).containsAll(promote.inSync());
        assertThat(promote.inSync()).hasSizeGreaterThanOrEqualTo(2);
        if (!sight.primary().needsEpoch()) {
            assertThat(
                            sight.primary().linked()
                                    && sight.primary().chain().isPresent()
                                    && sight.primary().uncommitted().toMillis() < 1_000)
                    .isFalse();
            assertThat(sight.standbys()).noneMatch(s -> s.hearing() == Hearing.HEARS);
            assertThat(sight.standbys()).anyMatch(s -> s.hearing() == Hearing.DOES_NOT_HEAR);
        }
        var chains =
                sight.standbys().stream()
                        .filter(s -> promote.inSync().contains(s.member().incarnation()))
                        .filter(StandbySight::promotable)
                        .map(s -> s.chain().orElseThrow())
                        .toList();
        var own =
                promote.candidate().equals(ONE.incarnation())
                        ? sight.primary().chain().orElseThrow()
                        : sight.standbys().stream()
                                .filter(s -> s.member().incarnation().equals(promote.candidate()))
                                .findFirst()
                                .orElseThrow()
                                .chain()
                                .orElseThrow();
        assertThat(chains).allMatch(c -> c.compareTo(own) <= 0);
    }

    @Test
    void a_primary_that_suspects_itself_is_relieved_unless_the_role_moved_within_a_minute() {
        assertThat(FailoverRules.againstWish(true, List.of())).isEmpty();
        assertThat(FailoverRules.againstWish(true, List.of(new Move(Duration.ofSeconds(60), true))))
                .isEmpty();
        assertThat(
                        FailoverRules.againstWish(
                                true, List.of(new Move(Duration.ofSeconds(59), false))))
                .hasValue("the role moved 59 s ago, and stays for 60 s");
    }

    @Test
    void a_primary_that_suspects_itself_stays_where_a_person_decides() {
        assertThat(FailoverRules.againstWish(false, List.of()))
                .hasValueSatisfying(why -> assertThat(why).contains("a person decides"));
    }

    @Test
    void a_primary_whose_oldest_block_waits_for_a_second_is_lost_when_no_standby_hears_it() {
        var end = Optional.of(new ChainEnd(new Epoch(7), 10));
        var hung = new PrimarySight(true, end, Duration.ofSeconds(1), false);
        var silent = standby(TWO, Hearing.DOES_NOT_HEAR, 10);

        assertThat(decide(hung, true, silent, standby(THREE, Hearing.DOES_NOT_HEAR, 10)))
                .isInstanceOfSatisfying(
                        Promote.class,
                        p -> assertThat(p.why()).contains("has committed nothing for 1000 ms"));
        assertThat(decide(hung, true, silent, standby(THREE, Hearing.HEARS, 10)))
                .isInstanceOf(Stay.class);
        var slow = new PrimarySight(true, end, Duration.ofMillis(999), false);
        assertThat(decide(slow, true, silent, standby(THREE, Hearing.DOES_NOT_HEAR, 10)))
                .isInstanceOf(Stay.class);
    }
}
