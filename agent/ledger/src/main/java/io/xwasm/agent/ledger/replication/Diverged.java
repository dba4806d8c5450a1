package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.protocol.Hash;

/**
 * This member's execution of a committed block leads elsewhere than its header says (invariant 3):
 * it must not go on.
 */
final class Diverged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Diverged(long height, Hash promised, Hash reached) {
        super(
                "quarantined: block %d leads to state root %s here, its header says %s"
                        .formatted(height, reached.abbreviated(), promised.abbreviated()));
    }
}
