package io.xwasm.controlplane.api;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * One member of a group.
 *
 * @param group whose ledger
 * @param node where it runs
 * @param incarnation of the ledger folder
 * @param role primary, standby or catching_up
 * @param inSync whether it counts for commitment
 * @param serving whether it acknowledges calls at this moment
 * @param connected whether its agent's link is open
 * @param epoch of the newest configuration that it has seen
 * @param height newest block on its disk
 * @param committed newest block that it knows to be committed
 * @param executed block whose state it holds
 * @param root state root after that block
 * @param lagMillis −1 when unknown
 * @param lagBlocks blocks behind the primary, −1 when unknown
 * @param api base address for callers
 * @param sentence what it is doing
 */
public record MemberView(
        GroupId group,
        NodeId node,
        Incarnation incarnation,
        String role,
        boolean inSync,
        boolean serving,
        boolean connected,
        long epoch,
        long height,
        long committed,
        long executed,
        Hash root,
        long lagMillis,
        long lagBlocks,
        String api,
        @Nullable String sentence) {}
