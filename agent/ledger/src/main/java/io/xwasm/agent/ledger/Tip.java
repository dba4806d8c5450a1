package io.xwasm.agent.ledger;

import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.Hash;

/**
 * The newest block of a chain.
 *
 * @param height 0 before the first block
 * @param hash of its header; of the genesis before the first block
 * @param epoch of its header
 * @param timeMillis of its header, 0 before the first block
 */
public record Tip(long height, Hash hash, Epoch epoch, long timeMillis) {
    public static Tip of(BlockHeader header) {
        return new Tip(header.height(), header.hash(), header.epoch(), header.timeMillis());
    }
}
