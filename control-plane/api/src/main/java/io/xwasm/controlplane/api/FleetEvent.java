package io.xwasm.controlplane.api;

import java.time.Instant;

/**
 * Something in the fleet changed; the stream is resumable by id.
 *
 * @param id rises
 * @param at time
 * @param topic operation, group, node, contract, backup, alert, user; or missed: events before this
 *     one are not kept any more, so a reader asks again for what it shows
 * @param subject its id
 * @param sentence what happened
 * @param link console path
 */
public record FleetEvent(
        long id, Instant at, String topic, String subject, String sentence, String link) {}
