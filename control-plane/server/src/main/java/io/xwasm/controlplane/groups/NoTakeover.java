package io.xwasm.controlplane.groups;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.controlplane.api.FailoverReport;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.Readiness;
import io.xwasm.controlplane.api.Switchover;
import io.xwasm.controlplane.api.WaitingTakeover;
import io.xwasm.controlplane.identity.Actor;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.util.List;
import java.util.Optional;

/** For a control plane that watches only: nothing takes over, and it says so. */
public final class NoTakeover implements Takeover {
    private static final String SENTENCE = "this control plane does not move primaries";

    public NoTakeover(TakeoverSeams seams) {}

    @Override
    public OperationView switchover(GroupId group, Switchover switchover, Actor actor) {
        throw Refusal.of(ProblemKind.UNAVAILABLE, SENTENCE);
    }

    @Override
    public OperationView failover(GroupId group, Actor actor) {
        throw Refusal.of(ProblemKind.UNAVAILABLE, SENTENCE);
    }

    @Override
    public Optional<WaitingTakeover> waiting(GroupId group) {
        return Optional.empty();
    }

    @Override
    public Optional<FailoverReport> last(GroupId group) {
        return Optional.empty();
    }

    @Override
    public Readiness readiness(GroupId group) {
        return new Readiness(false, SENTENCE, -1, List.of());
    }

    @Override
    public void close() {}
}
