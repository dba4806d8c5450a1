/**
 * A ledger on disk: one RocksDB per group, changed in atomic batches.
 *
 * <p>A {@link io.xwasm.agent.ledger.store.LedgerFolder} is one incarnation of a ledger: it is made,
 * opened, set aside or restored as a whole. Inside it {@link
 * io.xwasm.agent.ledger.store.RocksLedgerStore} keeps blocks, state, receipts, undo and write sets
 * and the newest configuration. What must survive a crash is written with an fsync of its own,
 * which is counted; what can be executed again is not. Read {@link
 * io.xwasm.agent.ledger.store.RocksLedgerStore} first.
 */
@NullMarked
package io.xwasm.agent.ledger.store;

import org.jspecify.annotations.NullMarked;
