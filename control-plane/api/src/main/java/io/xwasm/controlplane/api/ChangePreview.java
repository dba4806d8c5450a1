package io.xwasm.controlplane.api;

import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.ContractName;
import java.util.List;

/**
 * What an upgrade or rollback would do.
 *
 * @param contract which
 * @param kind upgrade or rollback
 * @param fromVersion running now
 * @param toVersion afterwards
 * @param fromCode running now
 * @param toCode afterwards
 * @param fromLabel running now
 * @param toLabel afterwards
 * @param verdict compatible, compatible_with_migration, breaking or refused
 * @param sentence the verdict in words
 * @param interfaceChanges methods
 * @param schemaFrom state schema now
 * @param schemaTo afterwards
 * @param reversible whether later writes survive a rollback
 * @param checks pre-flight
 * @param impact nodes and calls that it touches
 */
public record ChangePreview(
        ContractName contract,
        String kind,
        long fromVersion,
        long toVersion,
        CodeHash fromCode,
        CodeHash toCode,
        String fromLabel,
        String toLabel,
        String verdict,
        String sentence,
        List<Change> interfaceChanges,
        int schemaFrom,
        int schemaTo,
        boolean reversible,
        List<Check> checks,
        String impact) {
    public ChangePreview {
        interfaceChanges = List.copyOf(interfaceChanges);
        checks = List.copyOf(checks);
    }
}
