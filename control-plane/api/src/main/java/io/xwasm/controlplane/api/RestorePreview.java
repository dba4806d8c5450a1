package io.xwasm.controlplane.api;

import io.xwasm.agent.protocol.GroupId;

/**
 * What a restore would do.
 *
 * @param backup which
 * @param group whose ledger is replaced
 * @param heightNow newest committed block
 * @param heightAfter the backup's block
 * @param callsLost acknowledged calls that the backup does not have, −1 when unknown
 * @param sentence in words; when the number is unknown, with a bound if there is one
 * @param version of the group's configuration, to restore exactly what was previewed
 */
public record RestorePreview(
        String backup,
        GroupId group,
        long heightNow,
        long heightAfter,
        long callsLost,
        String sentence,
        long version) {}
