package io.xwasm.failover;

import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.Member;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of a group at one moment.
 *
 * @param configuration the newest row of the metadata
 * @param primary what the watcher sees of the primary
 * @param standbys the other in-sync members, each with what it answered
 * @param automatic whether the machine may decide alone
 * @param ordered whether a person has said that the failover shall be carried out
 * @param moves of the primary's role lately, newest first
 */
public record GroupSight(
        Configuration configuration,
        PrimarySight primary,
        List<StandbySight> standbys,
        boolean automatic,
        boolean ordered,
        List<Move> moves) {
    public GroupSight {
        standbys = List.copyOf(standbys);
        moves = List.copyOf(moves);
    }

    /**
     * The primary's role was given to a member, which may have had it before.
     *
     * @param ago since then
     * @param automatic whether the machine decided
     */
    public record Move(Duration ago, boolean automatic) {}

    /**
     * The primary, from the watcher.
     *
     * @param linked whether its link is open
     * @param chain what it answered just now; empty when it did not answer
     * @param uncommitted for how long its oldest block has waited for commitment
     * @param needsEpoch whether it says itself that it was started anew and does not serve
     *     (protocol rule 9)
     */
    public record PrimarySight(
            boolean linked, Optional<ChainEnd> chain, Duration uncommitted, boolean needsEpoch) {}

    /**
     * A standby that is in sync.
     *
     * @param hearing whether it hears the primary; silence of a standby is {@link Hearing#UNKNOWN},
     *     not agreement (rule 18)
     * @param chain what it answered just now; empty when it did not answer
     * @param promotable false when its state differs from committed roots (rule 26)
     * @param running since its process opened the ledger
     */
    public record StandbySight(
            Member member,
            Hearing hearing,
            Optional<ChainEnd> chain,
            boolean promotable,
            Duration running) {}

    /** Whether a standby hears the primary. */
    public enum Hearing {
        HEARS,
        DOES_NOT_HEAR,
        UNKNOWN
    }

    /** Where a member's chain ends. */
    public record ChainEnd(Epoch epoch, long height) implements Comparable<ChainEnd> {
        @Override
        public int compareTo(ChainEnd other) {
            int byEpoch = epoch.compareTo(other.epoch);
            return byEpoch != 0 ? byEpoch : Long.compare(height, other.height);
        }
    }
}
