package io.xwasm.controlplane.api;

import io.xwasm.agent.protocol.Hash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One mutating request and what came of it.
 *
 * @param id place in the chain
 * @param at time
 * @param actor user, token or automation
 * @param source address it came from
 * @param action such as contracts.upgrade
 * @param target what it was about
 * @param outcome done, refused or failed
 * @param status HTTP status
 * @param operation that it started
 * @param before JSON of what was
 * @param after JSON of what is asked for or is now
 * @param request id of the request
 * @param previousHash of the entry before
 * @param hash of this entry, its predecessor's hash included
 */
public record AuditEntry(
        long id,
        Instant at,
        String actor,
        String source,
        String action,
        String target,
        String outcome,
        int status,
        @Nullable String operation,
        @Nullable String before,
        @Nullable String after,
        String request,
        Hash previousHash,
        Hash hash) {}
