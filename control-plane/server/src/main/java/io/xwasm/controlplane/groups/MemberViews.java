package io.xwasm.controlplane.groups;

import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.MemberReport;
import io.xwasm.controlplane.api.MemberView;
import java.util.Optional;

/** How one member looks: its place in the configuration beside its own report. */
final class MemberViews {
    private MemberViews() {}

    static MemberView of(
            Configuration row,
            Member member,
            Optional<MemberReport> report,
            boolean connected,
            long lagBlocks) {
        boolean leads = row.primary().equals(member.incarnation());
        boolean inSync = row.isInSync(member.incarnation());
        return new MemberView(
                row.group(),
                member.node(),
                member.incarnation(),
                leads ? "primary" : inSync ? "standby" : "catching_up",
                inSync,
                connected && report.map(MemberReport::serving).orElse(false),
                connected,
                report.map(r -> r.epoch().value()).orElse(0L),
                report.map(MemberReport::height).orElse(0L),
                report.map(MemberReport::committed).orElse(0L),
                report.map(MemberReport::executed).orElse(0L),
                report.map(MemberReport::root).orElse(Hash.ZERO),
                report.map(MemberReport::lagMillis).orElse(-1L),
                lagBlocks,
                member.api(),
                report.map(MemberReport::sentence).orElse(null));
    }
}
