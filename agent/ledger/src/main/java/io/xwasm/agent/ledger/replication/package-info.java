/**
 * Who may append to a ledger and when a block counts: primary-backup replication with an in-sync
 * set.
 *
 * <p>A {@link io.xwasm.agent.ledger.replication.GroupMember} is this node's part in one group: it
 * keeps the newest configuration and is, by it, either a {@link
 * io.xwasm.agent.ledger.replication.PrimaryTerm} or a {@link
 * io.xwasm.agent.ledger.replication.Follower} of one. The primary executes, seals and sends blocks
 * and counts them as committed when every member of the in-sync set has them on disk; followers
 * append, acknowledge and execute. Rules are cited by number. Read {@link
 * io.xwasm.agent.ledger.replication.GroupMember} first.
 */
@NullMarked
package io.xwasm.agent.ledger.replication;

import org.jspecify.annotations.NullMarked;
