/**
 * Failover: who holds the group's ledger, whether a switchover is safe now, and what the last one
 * took.
 *
 * <p>The page is drawn again with each round of the live feed, so a failover that happens while
 * somebody looks is seen as it happens. When the strategy is manual and the primary is lost, one
 * button at the top decides. Measured recovery stands beside its objective everywhere. Read {@link
 * io.xwasm.console.failover.FailoverView} first.
 */
@NullMarked
package io.xwasm.console.failover;

import org.jspecify.annotations.NullMarked;
