package io.xwasm.controlplane.api;

import io.xwasm.agent.protocol.CodeHash;
import java.time.Instant;
import java.util.List;

/**
 * An uploaded module.
 *
 * @param hash SHA-256
 * @param name as its author wrote it
 * @param label semantic version
 * @param stateSchema of its state
 * @param size bytes
 * @param methods its interface
 * @param reverseMigration whether it can migrate back
 * @param uploadedBy user
 * @param uploadedAt time
 */
public record CodeView(
        CodeHash hash,
        String name,
        String label,
        int stateSchema,
        int size,
        List<MethodView> methods,
        boolean reverseMigration,
        String uploadedBy,
        Instant uploadedAt) {
    public CodeView {
        methods = List.copyOf(methods);
    }
}
