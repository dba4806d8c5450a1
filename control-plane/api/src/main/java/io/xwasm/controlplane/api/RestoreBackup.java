package io.xwasm.controlplane.api;

import io.xwasm.agent.protocol.GroupId;

/**
 * Brings a group back to a backup.
 *
 * @param confirm the group's name, typed again
 */
public record RestoreBackup(GroupId confirm) {}
