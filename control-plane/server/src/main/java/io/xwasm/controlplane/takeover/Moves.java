package io.xwasm.controlplane.takeover;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.controlplane.groups.GroupConfigurations;
import io.xwasm.controlplane.operations.StepContext;
import io.xwasm.failover.GroupSight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Which changes of a group's row moved the primary's role, told by the requests that made them
 * (protocol rule 22). They are on disk, so a control plane that starts anew knows them too.
 */
final class Moves {
    private static final String AUTOMATIC = "failover-";
    private static final String ORDERED = "ordered-move-";

    /** A move comes with a few changes of the in-sync set. */
    private static final int LOOKED_AT = 200;

    private Moves() {}

    /** Names the change of this operation, which the machine or a person has begun. */
    static String request(StepContext context) {
        return context.actor().isAutomation()
                ? AUTOMATIC + context.operation()
                : ORDERED + context.operation();
    }

    /** Newest first. */
    static List<GroupSight.Move> of(
            GroupConfigurations configurations, GroupId group, Instant now) {
        return configurations.changes(group, LOOKED_AT).stream()
                .filter(change ->
                        change.request().startsWith(AUTOMATIC)
                                || change.request().startsWith(ORDERED))
                .map(change ->
                        new GroupSight.Move(
                                Duration.between(change.at(), now),
                                change.request().startsWith(AUTOMATIC)))
                .toList();
    }
}
