package io.xwasm.controlplane.groups;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.controlplane.api.FailoverReport;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.Readiness;
import io.xwasm.controlplane.api.Switchover;
import io.xwasm.controlplane.api.WaitingTakeover;
import io.xwasm.controlplane.identity.Actor;
import java.util.Optional;

/** Moves the primary's role, by itself or when a person says so. */
public interface Takeover extends AutoCloseable {
    /** Begins to move the role without losing a call. */
    OperationView switchover(GroupId group, Switchover switchover, Actor actor);

    /** Carries out the failover that waits for a person. */
    OperationView failover(GroupId group, Actor actor);

    /** A failover that waits for a person. */
    Optional<WaitingTakeover> waiting(GroupId group);

    /** The newest failover or switchover. */
    Optional<FailoverReport> last(GroupId group);

    /** Whether a switchover is safe now. */
    Readiness readiness(GroupId group);

    /** Ends the watch; nothing is moved any more. */
    @Override
    void close();
}
