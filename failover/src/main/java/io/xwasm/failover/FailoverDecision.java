package io.xwasm.failover;

import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.NodeId;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;

/** What should be done about a group's primary, and why, in the operator's words. */
public sealed interface FailoverDecision {
    String why();

    /** Nothing: the primary is there, or not enough is known. */
    record Stay(String why) implements FailoverDecision {}

    /**
     * The primary is lost, and its replacement has to wait for the grace after another move (rule
     * 22).
     *
     * @param left look again after this time
     */
    record Later(Duration left, String why) implements FailoverDecision {}

    /**
     * The primary is lost and a person must decide.
     *
     * @param candidate who would be promoted, if somebody could be
     */
    record Wait(Optional<NodeId> candidate, String why) implements FailoverDecision {}

    /**
     * A new epoch with this primary (rule 19).
     *
     * @param inSync those of the old set that answered
     */
    record Promote(Incarnation candidate, NodeId node, SortedSet<Incarnation> inSync, String why)
            implements FailoverDecision {}
}
