package io.xwasm.controlplane.api;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.GroupId;
import java.time.Instant;
import java.util.List;

/**
 * One contract.
 *
 * @param name unique in the fleet
 * @param group where it lives
 * @param address in that group
 * @param version number of the running version
 * @param label semantic version of the running code, as its author wrote it
 * @param code of the running implementation
 * @param stateSchema of the running code
 * @param codeSize bytes
 * @param health by its error ratio
 * @param sentence why
 * @param deployedBy user
 * @param deployedAt time
 * @param changedAt last upgrade or rollback, else the deployment
 * @param callsPerSecond over the last minute
 * @param errorRatio 0 to 1, over the last minute
 * @param gasPerCall mean over the last minute
 * @param p95Millis over the last minute
 * @param memoryBytes the largest memory that an instance on the primary had at the end of a call
 * @param methods of the running interface; empty in lists
 */
public record ContractView(
        ContractName name,
        GroupId group,
        Address address,
        long version,
        String label,
        CodeHash code,
        int stateSchema,
        int codeSize,
        Health health,
        String sentence,
        String deployedBy,
        Instant deployedAt,
        Instant changedAt,
        double callsPerSecond,
        double errorRatio,
        double gasPerCall,
        double p95Millis,
        long memoryBytes,
        List<MethodView> methods) {
    public ContractView {
        methods = List.copyOf(methods);
    }
}
