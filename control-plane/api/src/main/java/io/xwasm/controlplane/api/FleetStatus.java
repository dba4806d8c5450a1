package io.xwasm.controlplane.api;

import java.time.Instant;
import java.util.List;

/**
 * The whole fleet in one look.
 *
 * @param sentence what is true and what is wrong, for people
 * @param health the worst of everything below
 * @param problems worst first
 * @param nodesUp nodes that are up
 * @param nodes nodes known
 * @param groups groups known
 * @param contracts contracts deployed
 * @param callsTotal calls committed since {@code countedSince}
 * @param countedSince when the control plane began to count
 * @param controlPlaneVersion of the member that answers
 * @param controlPlaneMembers members of the control plane that see each other
 * @param rules alert rules evaluated in the last round
 * @param rulesEvaluatedAt end of that round
 * @param rulesMillis how long it took
 * @param firingAlerts alerts that fire now
 * @param runningOperations operations that run now
 */
public record FleetStatus(
        String sentence,
        Health health,
        List<Finding> problems,
        int nodesUp,
        int nodes,
        int groups,
        int contracts,
        long callsTotal,
        Instant countedSince,
        String controlPlaneVersion,
        int controlPlaneMembers,
        int rules,
        Instant rulesEvaluatedAt,
        double rulesMillis,
        int firingAlerts,
        int runningOperations) {
    public FleetStatus {
        problems = List.copyOf(problems);
    }
}
