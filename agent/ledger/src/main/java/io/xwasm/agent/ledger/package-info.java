/**
 * The replicated ledger: blocks, the state that they lead to, and the proof that two states are
 * equal.
 *
 * <p>A {@link io.xwasm.agent.ledger.Block} is the unit of everything: it is committed, replicated,
 * replayed and backed up as one piece. What is below it lies in {@code state} (executing calls on
 * an overlay) and {@code store} (one RocksDB per group); what is above it in {@code replication}
 * (who may append, and when a block counts). Rules that are cited by number are those of the
 * replication protocol. Read {@link io.xwasm.agent.ledger.BlockHeader} first, then {@code
 * replication.GroupMember}.
 */
@NullMarked
package io.xwasm.agent.ledger;

import org.jspecify.annotations.NullMarked;
