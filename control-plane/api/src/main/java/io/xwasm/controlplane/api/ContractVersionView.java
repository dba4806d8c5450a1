package io.xwasm.controlplane.api;

import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.Hash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a contract's append-only history.
 *
 * @param sequence place in the history, from 1
 * @param version that ran from then on
 * @param kind deploy, upgrade or rollback
 * @param code from then on
 * @param previousCode until then
 * @param label semantic version of the code
 * @param by user
 * @param at block time
 * @param call the transaction
 * @param height its block
 * @param operation that did it
 * @param running whether it is the running one
 */
public record ContractVersionView(
        long sequence,
        long version,
        String kind,
        CodeHash code,
        @Nullable CodeHash previousCode,
        String label,
        String by,
        Instant at,
        Hash call,
        long height,
        @Nullable String operation,
        boolean running) {}
