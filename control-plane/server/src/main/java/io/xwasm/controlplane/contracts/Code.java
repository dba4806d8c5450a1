package io.xwasm.controlplane.contracts;

import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.abi.ContractInterface;
import java.time.Instant;

/**
 * A module without its bytes.
 *
 * @param size bytes
 */
record Code(
        CodeHash hash, ContractInterface face, int size, String uploadedBy, Instant uploadedAt) {
    static final String MIGRATE = "migrate";
    static final String MIGRATE_BACK = "migrate_back";

    boolean migrates() {
        return face.method(MIGRATE).isPresent();
    }

    /** Whether leaving it again keeps what was written while it ran. */
    boolean reversible() {
        return !migrates() || face.method(MIGRATE_BACK).isPresent();
    }
}
