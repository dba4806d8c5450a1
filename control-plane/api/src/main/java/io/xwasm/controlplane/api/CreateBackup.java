package io.xwasm.controlplane.api;

import io.xwasm.agent.protocol.GroupId;

/**
 * Takes a backup now.
 *
 * @param group of which ledger
 */
public record CreateBackup(GroupId group) {}
