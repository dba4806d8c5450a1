package io.xwasm.agent.ledger.state;

import org.jspecify.annotations.Nullable;

/**
 * What a block did to one key.
 *
 * @param before null where there was nothing
 * @param after null where nothing is left
 */
public record Change(StateKey key, byte @Nullable [] before, byte @Nullable [] after) {}
