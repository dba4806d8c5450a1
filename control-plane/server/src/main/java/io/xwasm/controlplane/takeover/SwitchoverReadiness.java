package io.xwasm.controlplane.takeover;

import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.MemberReport;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.api.Check;
import io.xwasm.controlplane.api.FailoverReport;
import io.xwasm.controlplane.api.Health;
import io.xwasm.controlplane.api.Readiness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Whether a switchover is safe now: a pure function of what the members last said. */
final class SwitchoverReadiness {
    private static final long SMALL_LAG_MILLIS = 500;

    private SwitchoverReadiness() {}

    static Readiness of(
            Configuration row,
            Map<NodeId, MemberReport> reports,
            Predicate<NodeId> up,
            Optional<FailoverReport> last) {
        var checks = new ArrayList<Check>();
        checks.add(inSyncCheck(row));
        checks.add(primaryCheck(row, reports, up));
        checks.addAll(standbyChecks(row, reports, up));
        boolean anyStandby = row.inSyncStandbys().stream().anyMatch(m -> up.test(m.node()));
        boolean safe = anyStandby && checks.stream().noneMatch(c -> c.health() == Health.BAD);
        long predicted = last.map(FailoverReport::rtoMillis).orElse(-1L);
        var sentence =
                safe
                        ? "Safe to switch over now"
                        : checks.stream()
                                .filter(c -> c.health() == Health.BAD)
                                .findFirst()
                                .map(c -> "Not safe now: %s, %s".formatted(c.text(), c.detail()))
                                .orElse("Not safe now: no in-sync standby is connected");
        return new Readiness(safe, sentence, safe ? predicted : -1, checks);
    }

    private static Check inSyncCheck(Configuration row) {
        int size = row.inSync().size();
        boolean enough = size >= row.minimumSize() && size > 1;
        return new Check(
                enough ? Health.OK : Health.BAD,
                "In-sync set has %d members".formatted(size),
                "needs %d".formatted(Math.max(2, row.minimumSize())));
    }

    private static Check primaryCheck(
            Configuration row, Map<NodeId, MemberReport> reports, Predicate<NodeId> up) {
        var node = row.primaryMember().node();
        var report = reports.get(node);
        boolean serving = up.test(node) && report != null && report.serving();
        return new Check(
                serving ? Health.OK : Health.BAD,
                "%s can be drained".formatted(node),
                serving ? "it serves" : "it does not serve");
    }

    private static List<Check> standbyChecks(
            Configuration row, Map<NodeId, MemberReport> reports, Predicate<NodeId> up) {
        return row.inSyncStandbys().stream().map(m -> standbyCheck(m, reports, up)).toList();
    }

    private static Check standbyCheck(
            Member member, Map<NodeId, MemberReport> reports, Predicate<NodeId> up) {
        var report = reports.get(member.node());
        if (report == null || !up.test(member.node())) {
            return new Check(Health.WARN, "%s is connected".formatted(member.node()), "it is not");
        }
        // In blocks two nodes cannot be compared: they do not report at the same moment.
        long behind = report.lagMillis();
        return new Check(
                behind <= SMALL_LAG_MILLIS ? Health.OK : Health.WARN,
                "%s is caught up".formatted(member.node()),
                behind == 0 ? "level" : "%d ms behind".formatted(behind));
    }
}
