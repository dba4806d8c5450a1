package io.xwasm.controlplane.api;

import io.xwasm.agent.protocol.GroupId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a group is backed up by itself.
 *
 * @param group of which ledger
 * @param everyMinutes 0 for never
 * @param verify whether each is verified at once
 * @param nextAt next run
 * @param version for If-Match; ignored when set
 */
public record BackupSchedule(
        GroupId group, int everyMinutes, boolean verify, @Nullable Instant nextAt, long version) {}
