package io.xwasm.controlplane.contracts;

import io.xwasm.agent.protocol.GroupId;
import java.time.Instant;
import java.util.Optional;

/** Knows when a group was last backed up. */
public interface LastBackup {
    Optional<Instant> of(GroupId group);
}
