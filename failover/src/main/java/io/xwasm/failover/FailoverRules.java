package io.xwasm.failover;

import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.Member;
import io.xwasm.failover.GroupSight.ChainEnd;
import io.xwasm.failover.GroupSight.Hearing;
import io.xwasm.failover.GroupSight.StandbySight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The rules by which a primary is replaced (protocol rules 18 to 22). */
public final class FailoverRules {
    /**
     * Between a move of the role and an automatic one. Changes of the in-sync set need none: they
     * are the primary's own wish, and the compare-and-set orders them.
     */
    static final Duration GRACE = Duration.ofSeconds(1);

    /** A block that waits longer for commitment means that the primary hangs (rule 18). */
    static final Duration HUNG = Duration.ofSeconds(1);

    /**
     * So many automatic moves within the window, with no person's between them, and a person
     * decides. A node that is restarted takes longer than this allows, so only flapping meets it.
     */
    static final int MOST_MOVES = 20;

    static final Duration WINDOW = Duration.ofMinutes(1);

    /**
     * Between a move of the role and one for which the primary itself asks: on a machine where all
     * are slow, each of them in turn would.
     */
    static final Duration REST = Duration.ofMinutes(1);

    /** After this long without a move the machine decides again. */
    static final Duration QUIET = Duration.ofHours(1);

    /** A primary that was started anew stays primary, among equals: callers know its address. */
    private static final Duration AS_BEFORE = Duration.ofMillis(Long.MAX_VALUE);

    private FailoverRules() {}

    /** Somebody who could lead. */
    private record Responder(Member member, ChainEnd chain, boolean promotable, Duration running) {
        /**
         * Rule 19, and among equals whoever has run for longest: a process that has just started is
         * slow to serve.
         */
        static final Comparator<Responder> PREFERENCE =
                Comparator.comparing(Responder::chain).thenComparing(Responder::running);

        Incarnation incarnation() {
            return member.incarnation();
        }
    }

    public static FailoverDecision decide(GroupSight sight) {
        var lost = loss(sight);
        if (lost.isEmpty()) {
            return new FailoverDecision.Stay(
                    "%s serves as primary".formatted(primary(sight).node()));
        }
        for (StandbySight standby : sight.standbys()) {
            if (standby.hearing() == Hearing.HEARS && !sight.primary().needsEpoch()) {
                return new FailoverDecision.Stay(
                        "%s, but %s still hears it".formatted(lost.get(), standby.member().node()));
            }
        }
        return replacement(sight, lost.get());
    }

    /**
     * What stands against a switchover for which the primary asks because it suspects itself;
     * nothing when it may be made (rules 15 and 22).
     *
     * @param moves of the primary's role lately, newest first
     */
    public static Optional<String> againstWish(boolean automatic, List<GroupSight.Move> moves) {
        if (!automatic) {
            return Optional.of("failover is manual, so a person decides");
        }
        return moves.stream()
                .findFirst()
                .map(GroupSight.Move::ago)
                .filter(ago -> ago.compareTo(REST) < 0)
                .map(ago ->
                        "the role moved %d s ago, and stays for %d s"
                                .formatted(ago.toSeconds(), REST.toSeconds()));
    }

    /** Why the watcher thinks that the primary is lost; empty when it is not. */
    private static Optional<String> loss(GroupSight sight) {
        var node = primary(sight).node();
        if (sight.primary().needsEpoch()) {
            return Optional.of("%s was started anew and needs a new epoch".formatted(node));
        }
        if (!sight.primary().linked()) {
            return Optional.of("the link of %s is closed".formatted(node));
        }
        if (sight.primary().chain().isEmpty()) {
            return Optional.of("%s does not answer".formatted(node));
        }
        var uncommitted = sight.primary().uncommitted();
        return uncommitted.compareTo(HUNG) >= 0
                ? Optional.of(
                        "%s has committed nothing for %d ms"
                                .formatted(node, uncommitted.toMillis()))
                : Optional.empty();
    }

    private static FailoverDecision replacement(GroupSight sight, String lost) {
        var responders = responders(sight);
        boolean witnessed =
                sight.primary().needsEpoch()
                        || sight.standbys().stream()
                                .anyMatch(s -> s.hearing() == Hearing.DOES_NOT_HEAR);
        if (!witnessed) {
            return new FailoverDecision.Wait(
                    Optional.empty(), lost + ", and no in-sync standby answers");
        }
        var best = best(responders);
        if (best.isEmpty()) {
            return new FailoverDecision.Wait(
                    Optional.empty(), lost + ", and no in-sync member can be promoted");
        }
        int needed = sight.configuration().minimumSize();
        if (responders.size() < needed) {
            return new FailoverDecision.Wait(
                    Optional.of(best.get().member().node()),
                    "%s, and only %d of the in-sync members answer where %d must remain; it goes on when another comes back"
                            .formatted(lost, responders.size(), needed));
        }
        return promoteOrWait(sight, lost, responders, best.get());
    }

    private static FailoverDecision promoteOrWait(
            GroupSight sight, String lost, List<Responder> responders, Responder best) {
        var restraint =
                sight.ordered() ? Optional.<FailoverDecision>empty() : restraint(sight, lost, best);
        if (restraint.isPresent()) {
            return restraint.get();
        }
        boolean samePrimary = best.incarnation().equals(sight.configuration().primary());
        if (!sight.automatic() && !sight.ordered() && !samePrimary) {
            return new FailoverDecision.Wait(
                    Optional.of(best.member().node()),
                    "%s; failover of %s is manual, so a person decides"
                            .formatted(lost, sight.configuration().group()));
        }
        var inSync = new TreeSet<Incarnation>();
        responders.forEach(r -> inSync.add(r.incarnation()));
        return new FailoverDecision.Promote(
                best.incarnation(),
                best.member().node(),
                inSync,
                samePrimary
                        ? lost
                        : "%s; %s has everything up to block %d"
                                .formatted(lost, best.member().node(), best.chain().height()));
    }

    /**
     * Rule 22: moves that follow each other too fast are flapping, which more of them do not mend;
     * the machine goes on when a person has moved the role, or after a long quiet.
     */
    private static Optional<FailoverDecision> restraint(
            GroupSight sight, String lost, Responder best) {
        var moves = sight.moves();
        if (moves.isEmpty()) {
            return Optional.empty();
        }
        var newest = moves.getFirst().ago();
        var automatic = moves.stream().takeWhile(GroupSight.Move::automatic).toList();
        if (automatic.size() >= MOST_MOVES && newest.compareTo(QUIET) < 0) {
            var span = automatic.get(MOST_MOVES - 1).ago().minus(newest);
            if (span.compareTo(WINDOW) < 0) {
                return Optional.of(
                        new FailoverDecision.Wait(
                                Optional.of(best.member().node()),
                                "%s; the primary was replaced %d times within %d s, so a person decides"
                                        .formatted(lost, MOST_MOVES, WINDOW.toSeconds())));
            }
        }
        return newest.compareTo(GRACE) < 0
                ? Optional.of(
                        new FailoverDecision.Later(
                                GRACE.minus(newest),
                                "%s; the role moved %d ms ago, and the next move waits until %d ms are over"
                                        .formatted(lost, newest.toMillis(), GRACE.toMillis())))
                : Optional.empty();
    }

    /**
     * In-sync members that answered; a primary that was started anew is one of them, and first
     * among equals.
     */
    private static List<Responder> responders(GroupSight sight) {
        var responders = new ArrayList<Responder>();
        if (sight.primary().needsEpoch()) {
            sight.primary()
                    .chain()
                    .ifPresent(
                            c -> responders.add(new Responder(primary(sight), c, true, AS_BEFORE)));
        }
        for (StandbySight standby : sight.standbys()) {
            standby.chain()
                    .ifPresent(c ->
                            responders.add(
                                    new Responder(
                                            standby.member(),
                                            c,
                                            standby.promotable(),
                                            standby.running())));
        }
        return responders;
    }

    private static Optional<Responder> best(List<Responder> responders) {
        return responders.stream().filter(Responder::promotable).max(Responder.PREFERENCE);
    }

    private static Member primary(GroupSight sight) {
        return sight.configuration().primaryMember();
    }
}
