package io.xwasm.agent.protocol;

/**
 * A member of a group (protocol rule 1).
 *
 * @param incarnation of its ledger folder
 * @param node where it runs
 * @param replication host and port at which it takes blocks
 * @param api base address of its HTTP API for callers
 */
public record Member(Incarnation incarnation, NodeId node, String replication, String api) {}
