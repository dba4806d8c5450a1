package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.MemberReport;
import io.xwasm.agent.protocol.MemberReport.Role;
import org.jspecify.annotations.Nullable;

/** Puts together how a member is. */
final class MemberReports {
    private MemberReports() {}

    static MemberReport of(
            GroupMember member, @Nullable Configuration configuration, @Nullable String obstacle) {
        var term = member.term();
        var follower = member.follower();
        var ledger = member.ledger();
        var chain = ledger.chain();
        var tip = chain.tip();
        boolean needsEpoch =
                configuration != null
                        && configuration.primary().equals(member.incarnation())
                        && !ledger.openedIn().olderThan(configuration.epoch());
        long committed =
                term != null ? term.committed() : follower == null ? 0 : follower.committed();
        return new MemberReport(
                member.group(),
                member.incarnation(),
                role(member, configuration),
                term != null && term.serving(),
                needsEpoch,
                configuration == null ? Epoch.NONE : configuration.epoch(),
                configuration == null ? 0 : configuration.version(),
                tip.epoch(),
                tip.height(),
                tip.hash(),
                committed,
                chain.executed(),
                chain.root(),
                term == null ? 0 : term.oldestUncommittedMillis(),
                follower == null ? 0 : follower.lagMillis(),
                chain.store().walSyncs(),
                chain.blocksWritten(),
                follower == null ? -1 : follower.heardMillis(),
                member.openMillis(),
                follower != null && follower.quarantine() != null,
                sentence(term, follower, needsEpoch, obstacle));
    }

    private static Role role(GroupMember member, @Nullable Configuration configuration) {
        if (configuration == null || !configuration.isInSync(member.incarnation())) {
            return Role.CATCHING_UP;
        }
        return configuration.primary().equals(member.incarnation()) ? Role.PRIMARY : Role.STANDBY;
    }

    private static @Nullable String sentence(
            @Nullable PrimaryTerm term,
            @Nullable Follower follower,
            boolean needsEpoch,
            @Nullable String obstacle) {
        if (obstacle != null) {
            return obstacle;
        }
        if (follower != null && follower.quarantine() != null) {
            return follower.quarantine();
        }
        if (needsEpoch) {
            return "was primary and was started again; waits for a new epoch";
        }
        return term != null && !term.serving() ? "takes over" : null;
    }
}
