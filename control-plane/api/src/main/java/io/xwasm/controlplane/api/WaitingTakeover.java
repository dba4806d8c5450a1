package io.xwasm.controlplane.api;

import io.xwasm.agent.protocol.NodeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A primary is lost and a person must decide.
 *
 * @param since when it was lost
 * @param lost the old primary
 * @param candidate who would be promoted
 * @param sentence why it waits
 */
public record WaitingTakeover(
        Instant since, NodeId lost, @Nullable NodeId candidate, String sentence) {}
