/**
 * The failover decision: a pure function from what was seen of a group to what should be done about
 * its primary.
 *
 * <p>A {@link io.xwasm.failover.GroupSight} is everything that the watcher knows at one moment;
 * {@link io.xwasm.failover.FailoverRules#decide} gives a {@link io.xwasm.failover.FailoverDecision}
 * with the sentence that an operator will read. Nothing here looks at clocks, links or databases,
 * so every case can be tested by writing it down. What is decided is carried out elsewhere, by
 * compare-and-set on the group's configuration, so a decision from an old sight does no harm. Read
 * {@link io.xwasm.failover.FailoverRules} first.
 */
@NullMarked
package io.xwasm.failover;

import org.jspecify.annotations.NullMarked;
