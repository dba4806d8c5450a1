/**
 * The state that calls lead to, and how a call changes it.
 *
 * <p>State is a flat map from {@link io.xwasm.agent.ledger.state.StateKey} to bytes; contracts'
 * storage, balances, nonces and code all lie in it, so the {@link
 * io.xwasm.agent.ledger.state.StateRoot} covers everything that decides a later call. A block's
 * calls run one after another on a {@link io.xwasm.agent.ledger.state.BlockState}, an overlay that
 * can be rewound to any savepoint, so that a failed call leaves nothing but its receipt. Nothing
 * here knows of disks or other members. Read {@link io.xwasm.agent.ledger.state.CallExecutor}
 * first.
 */
@NullMarked
package io.xwasm.agent.ledger.state;

import org.jspecify.annotations.NullMarked;
