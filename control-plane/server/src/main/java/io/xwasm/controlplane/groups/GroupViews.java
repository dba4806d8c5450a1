package io.xwasm.controlplane.groups;

import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.MemberReport;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.api.GroupView;
import io.xwasm.controlplane.api.Health;
import io.xwasm.controlplane.api.MemberView;
import io.xwasm.controlplane.fleet.Fleet;
import io.xwasm.controlplane.fleet.NodeState;
import io.xwasm.controlplane.signals.SignalHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How groups look: the configuration beside what the members say of themselves. */
public final class GroupViews {
    private static final Duration RATE_OVER = Duration.ofSeconds(10);

    private final Groups groups;
    private final Takeover takeover;
    private final Fleet fleet;
    private final SignalHistory signals;

    public GroupViews(Groups groups, Takeover takeover, Fleet fleet, SignalHistory signals) {
        this.groups = groups;
        this.takeover = takeover;
        this.fleet = fleet;
        this.signals = signals;
    }

    public List<GroupView> all() {
        return groups.all().stream()
                .sorted(Comparator.comparing(GroupDefinition::group))
                .map(this::view)
                .toList();
    }

    public GroupView view(GroupId group) {
        return view(groups.group(group));
    }

    private GroupView view(GroupDefinition definition) {
        var group = definition.group();
        var row = groups.configuration(group);
        var members = row.map(this::members).orElse(List.of());
        var leader = members.stream().filter(m -> m.role().equals("primary")).findFirst();
        boolean serving = leader.map(m -> m.serving() && m.connected()).orElse(false);
        var verdict = verdict(definition, row, members, serving);
        return new GroupView(
                group,
                verdict.health(),
                verdict.sentence(),
                row.map(r -> r.epoch().value()).orElse(0L),
                row.map(Configuration::version).orElse(0L),
                row.map(r -> r.primaryMember().node()).orElse(null),
                row.map(r -> r.primaryMember().api()).orElse(null),
                serving,
                row.map(GroupViews::inSync).orElse(List.of()),
                definition.minimumSize(),
                members,
                groups.policy(group),
                takeover.readiness(group),
                takeover.waiting(group).orElse(null),
                takeover.last(group).orElse(null),
                signals.callsPerSecond(group, RATE_OVER),
                members.stream().mapToLong(MemberView::committed).max().orElse(0),
                leader.map(MemberView::root).orElse(null));
    }

    private record Verdict(Health health, String sentence) {}

    private Verdict verdict(
            GroupDefinition definition,
            Optional<Configuration> row,
            List<MemberView> members,
            boolean serving) {
        var group = definition.group();
        var frozen = groups.frozen(group);
        if (frozen.isPresent()) {
            return new Verdict(Health.BAD, frozen.get());
        }
        if (row.isEmpty()) {
            return new Verdict(Health.WARN, "waits for its nodes: " + missing(definition));
        }
        var waiting = takeover.waiting(group);
        if (waiting.isPresent()) {
            return new Verdict(Health.BAD, waiting.get().sentence());
        }
        var primary = row.get().primaryMember().node();
        int inSync = row.get().inSync().size();
        if (inSync < row.get().minimumSize()) {
            return new Verdict(
                    Health.BAD,
                    "%d in sync, fewer than the minimum of %d: writes are refused"
                            .formatted(inSync, row.get().minimumSize()));
        }
        if (!serving) {
            return new Verdict(Health.BAD, "%s is primary and does not serve".formatted(primary));
        }
        var away =
                members.stream()
                        .filter(m -> !m.inSync() || !m.connected())
                        .map(m -> m.node().value())
                        .collect(Collectors.joining(", "));
        return away.isEmpty()
                ? new Verdict(
                        Health.OK,
                        "%s serves, %d of %d in sync".formatted(primary, inSync, members.size()))
                : new Verdict(
                        Health.WARN,
                        "%s serves; %s is not in sync or not connected".formatted(primary, away));
    }

    private String missing(GroupDefinition definition) {
        var missing =
                definition.nodes().stream()
                        .filter(node -> fleet.node(node).filter(NodeState::connected).isEmpty())
                        .map(NodeId::value)
                        .collect(Collectors.joining(", "));
        return missing.isEmpty() ? "their ledgers are not ready" : missing + " not connected";
    }

    private static List<NodeId> inSync(Configuration row) {
        var nodes = new ArrayList<NodeId>();
        nodes.add(row.primaryMember().node());
        row.inSyncStandbys().stream().map(Member::node).sorted().forEach(nodes::add);
        return nodes;
    }

    private List<MemberView> members(Configuration row) {
        var reports = fleet.reports(row.group());
        long top = reports.values().stream().mapToLong(MemberReport::height).max().orElse(0);
        return row.members().stream()
                .map(member -> view(row, member, reports, top))
                .sorted(
                        Comparator.comparing((MemberView m) -> !m.role().equals("primary"))
                                .thenComparing(MemberView::node))
                .toList();
    }

    private MemberView view(
            Configuration row, Member member, Map<NodeId, MemberReport> reports, long top) {
        var report = Optional.ofNullable(reports.get(member.node()));
        boolean leads = row.primary().equals(member.incarnation());
        return MemberViews.of(
                row,
                member,
                report,
                fleet.node(member.node()).map(NodeState::connected).orElse(false),
                leads ? 0 : report.map(r -> top - r.height()).orElse(-1L));
    }

    /** The memberships of one node. */
    List<MemberView> memberships(NodeId node) {
        return groups.all().stream()
                .flatMap(d -> groups.configuration(d.group()).stream())
                .flatMap(row -> members(row).stream())
                .filter(member -> member.node().equals(node))
                .toList();
    }
}
