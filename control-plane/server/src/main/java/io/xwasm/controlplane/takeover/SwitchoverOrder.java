package io.xwasm.controlplane.takeover;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.NodeId;
import java.time.Instant;

/** What a switchover operation was begun with. */
record SwitchoverOrder(GroupId group, NodeId from, NodeId to, Instant asked) {}
