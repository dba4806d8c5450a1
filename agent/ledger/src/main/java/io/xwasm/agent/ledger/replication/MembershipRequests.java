package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.Member;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What a primary asks of the control plane about its members, and who counts meanwhile (rules 14
 * and 15). Each request is repeated until a newer configuration has decided.
 */
final class MembershipRequests {
    /** A member so close to the newest block is asked for; from then on commitment waits for it. */
    private static final long NEARLY_CAUGHT_UP = 16;

    private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Incarnation self;
    private final GroupEvents events;
    private final Map<Incarnation, Long> lastAsked = new HashMap<>();

    /** Members asked to be added that no newer configuration has decided on: they count already. */
    private final Set<Incarnation> joining = new HashSet<>();

    private Configuration configuration;

    MembershipRequests(Incarnation self, Configuration configuration, GroupEvents events) {
        this.self = self;
        this.configuration = configuration;
        this.events = events;
    }

    synchronized void decided(Configuration newer) {
        configuration = newer;
        joining.clear();
        lastAsked.clear();
    }

    /** Who must have a block, and confirm a round, besides the primary itself. */
    synchronized Set<Incarnation> counting() {
        var counting = new HashSet<>(configuration.inSync());
        counting.addAll(joining);
        counting.remove(self);
        return counting;
    }

    /**
     * Notes that a member has come this far.
     *
     * @return whether it counts from now on and did not before: say so to whoever counts, and only
     *     then {@link #ask}
     */
    synchronized boolean joins(Member member, long height, long newest) {
        return !configuration.isInSync(member.incarnation())
                && height >= newest - NEARLY_CAUGHT_UP
                && joining.add(member.incarnation());
    }

    /** Asks to add a member that counts and is not in sync yet. */
    void ask(Member member) {
        Configuration now;
        synchronized (this) {
            if (!joining.contains(member.incarnation()) || !mayAskAgain(member)) {
                return;
            }
            now = configuration;
        }
        events.wantsAddition(now.group(), now.epoch(), member);
    }

    /** A member that counts cannot be reached: nothing is committed until it is removed. */
    void unreachable(Member member, String why) {
        Configuration now;
        synchronized (this) {
            if (!counting().contains(member.incarnation()) || !mayAskAgain(member)) {
                return;
            }
            now = configuration;
        }
        events.wantsRemoval(now.group(), now.epoch(), member.incarnation(), why);
    }

    private boolean mayAskAgain(Member member) {
        long now = System.nanoTime();
        var last = lastAsked.get(member.incarnation());
        if (last != null && now - last < ASK_AGAIN_NANOS) {
            return false;
        }
        lastAsked.put(member.incarnation(), now);
        return true;
    }
}
