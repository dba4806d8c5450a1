package io.xwasm.controlplane.groups;

import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.MemberReport;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.fleet.Fleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is listed and who is in sync, at the word of the primary (protocol rules 14 and 15). */
final class Membership {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final GroupConfigurations configurations;
    private final Fleet fleet;
    private final Function<GroupId, Optional<String>> frozen;

    Membership(
            GroupConfigurations configurations,
            Fleet fleet,
            Function<GroupId, Optional<String>> frozen) {
        this.configurations = configurations;
        this.fleet = fleet;
        this.frozen = frozen;
    }

    /** The primary asks to go on without a member that does not acknowledge. */
    void remove(NodeId asking, GroupId group, Epoch epoch, Incarnation member, String why) {
        var row = rowOfPrimary(asking, group, epoch);
        if (row.isEmpty() || row.get().primary().equals(member)) {
            return;
        }
        if (!row.get().isInSync(member)) {
            // The primary asked to add it, so it counts until a higher epoch without it is read
            // (rule 14).
            change(
                    row.get(),
                    row.get().members(),
                    row.get().inSync(),
                    "a member that was joining is left out: " + why);
            return;
        }
        var node = row.get().member(member).map(Member::node);
        boolean last = row.get().inSync().size() == 2;
        if (last && node.isPresent() && fleet.up(node.get())) {
            LOG.warn(
                    "{} stays in sync in {}: it is the last standby, and it is up as seen from here",
                    node.get(),
                    group);
            return;
        }
        var inSync = new TreeSet<>(row.get().inSync());
        inSync.remove(member);
        change(
                row.get(),
                row.get().members(),
                inSync,
                "%s leaves the in-sync set: %s"
                        .formatted(node.map(NodeId::value).orElse("a member"), why));
    }

    /** The primary asks to add a member that has caught up. */
    void add(NodeId asking, GroupDefinition definition, Epoch epoch, Member member) {
        var row = rowOfPrimary(asking, definition.group(), epoch);
        if (row.isEmpty()
                || row.get().isInSync(member.incarnation())
                || !definition.nodes().contains(member.node())) {
            return;
        }
        var former = row.get().memberOn(member.node());
        if (former.isPresent() && row.get().isInSync(former.get().incarnation())) {
            // The node's former ledger still counts; its removal is the primary's next wish.
            return;
        }
        var inSync = new TreeSet<>(row.get().inSync());
        inSync.add(member.incarnation());
        change(
                row.get(),
                with(row.get().members(), member),
                inSync,
                member.node() + " has caught up and is in sync");
    }

    /** A node came back under other addresses, or with a new ledger: the row must name them. */
    void refresh(NodeId node, GroupDefinition definition, Configuration row, MemberReport report) {
        var state = fleet.node(node);
        if (state.isEmpty() || !definition.nodes().contains(node)) {
            return;
        }
        var now =
                new Member(
                        report.incarnation(), node, state.get().replication(), state.get().api());
        var listed = row.memberOn(node);
        if (listed.isPresent() && listed.get().equals(now)) {
            return;
        }
        boolean anotherLedgerCounts =
                listed.isPresent()
                        && !listed.get().incarnation().equals(now.incarnation())
                        && row.isInSync(listed.get().incarnation());
        if (!anotherLedgerCounts && frozen.apply(row.group()).isEmpty()) {
            change(row, with(row.members(), now), row.inSync(), node + " is listed anew");
        }
    }

    private static List<Member> with(List<Member> members, Member member) {
        var next = new ArrayList<Member>();
        for (var other : members) {
            next.add(other.node().equals(member.node()) ? member : other);
        }
        if (!next.contains(member)) {
            next.add(member);
        }
        return next;
    }

    /** Only the primary of the newest epoch is heard, and nobody while the group is frozen. */
    private Optional<Configuration> rowOfPrimary(NodeId asking, GroupId group, Epoch epoch) {
        return configurations
                .find(group)
                .filter(row -> row.epoch().equals(epoch))
                .filter(row -> row.primaryMember().node().equals(asking))
                .filter(_ -> frozen.apply(group).isEmpty());
    }

    private void change(
            Configuration row, List<Member> members, Set<Incarnation> inSync, String why) {
        var next =
                new Configuration(
                        row.group(),
                        row.metadata(),
                        row.epoch().next(),
                        row.primary(),
                        members,
                        new TreeSet<>(inSync),
                        row.minimumSize(),
                        row.leaseVersion(),
                        row.version() + 1);
        switch (configurations.compareAndSet(
                row.version(), next, UUID.randomUUID().toString(), why)) {
            case ConfigurationChange.Applied _ -> {}
            // The primary repeats its wish, based on the newer row.
            case ConfigurationChange.Conflict _ ->
                    LOG.info("{} changed meanwhile; not done: {}", row.group(), why);
        }
    }
}
