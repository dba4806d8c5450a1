package io.xwasm.controlplane.groups;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.AgentCommand;
import io.xwasm.agent.protocol.AgentEvent;
import io.xwasm.agent.protocol.Ask;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.Genesis;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.MemberReport;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.agent.protocol.Reply;
import io.xwasm.controlplane.api.FailoverPolicy;
import io.xwasm.controlplane.events.FleetEvents;
import io.xwasm.controlplane.fleet.AgentLinks;
import io.xwasm.controlplane.fleet.Fleet;
import io.xwasm.controlplane.fleet.LinkListener;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The groups of the fleet, kept in step with their agents. */
public final class Groups implements LinkListener {
    private final List<GroupDefinition> definitions;
    private final GroupConfigurations configurations;
    private final GroupPolicies policies;
    private final AgentLinks links;
    private final Fleet fleet;
    private final FleetEvents events;
    private final Address fleetAccount;
    private final Membership membership;

    /**
     * @param fleetAccount owns the proxies and all native balance at first
     */
    public Groups(
            List<GroupDefinition> definitions,
            GroupConfigurations configurations,
            GroupPolicies policies,
            AgentLinks links,
            Fleet fleet,
            FleetEvents events,
            Address fleetAccount) {
        this.definitions = List.copyOf(definitions);
        this.configurations = configurations;
        this.policies = policies;
        this.links = links;
        this.fleet = fleet;
        this.events = events;
        this.fleetAccount = fleetAccount;
        this.membership = new Membership(configurations, fleet, this::frozen);
        configurations.listen(this::changed);
    }

    public List<GroupDefinition> all() {
        return definitions;
    }

    /**
     * @throws Refusal when there is no such group
     */
    public GroupDefinition group(GroupId group) {
        return definitions.stream()
                .filter(d -> d.group().equals(group))
                .findFirst()
                .orElseThrow(() ->
                        Refusal.of(
                                ProblemKind.UNKNOWN_GROUP,
                                "there is no group '%s'".formatted(group)));
    }

    public Optional<Configuration> configuration(GroupId group) {
        return configurations.find(group);
    }

    public FailoverPolicy policy(GroupId group) {
        return policies.of(group);
    }

    FailoverPolicy setPolicy(GroupId group, FailoverPolicy policy, Optional<Long> ifVersion) {
        var set = policies.set(group(group).group(), policy, ifVersion);
        tell(group, "failover of %s is %s".formatted(group, set.strategy()));
        return set;
    }

    /**
     * Asks the primary of the newest configuration.
     *
     * @throws io.xwasm.controlplane.fleet.AgentUnreachable when it is not there or does not answer
     * @throws Refusal when the group has no configuration yet
     */
    public Reply askPrimary(GroupId group, Ask ask, Duration timeout) throws InterruptedException {
        return askPrimary(group, ask, timeout, _ -> {});
    }

    public Reply askPrimary(
            GroupId group, Ask ask, Duration timeout, Consumer<AgentEvent.Progress> progress)
            throws InterruptedException {
        return links.ask(primary(group), ask, timeout, progress);
    }

    /**
     * @throws Refusal when the group has no configuration yet
     */
    public NodeId primary(GroupId group) {
        return configurations
                .find(group)
                .orElseThrow(() ->
                        Refusal.of(
                                ProblemKind.UNAVAILABLE,
                                "group %s has not formed yet: not all of its nodes are connected"
                                        .formatted(group)))
                .primaryMember()
                .node();
    }

    /** Why no change of this group is made by itself (protocol rule 4), if so. */
    public Optional<String> frozen(GroupId group) {
        var row = configurations.find(group);
        var known = row.map(Configuration::epoch).orElse(Epoch.NONE);
        return fleet.reports(group).entrySet().stream()
                .filter(e -> known.olderThan(e.getValue().epoch()))
                .findFirst()
                .map(e ->
                        "%s has seen epoch %s of %s, and these metadata only know epoch %s: they went back, and a person has to decide"
                                .formatted(e.getKey(), e.getValue().epoch(), group, known));
    }

    @Override
    public void linkOpened(NodeId node, AgentEvent.Hello hello) {
        for (var definition : definitions) {
            if (definition.nodes().contains(node)) {
                links.sendIfConnected(
                        node,
                        new AgentCommand.Host(
                                new Genesis(
                                        definition.group(), fleetAccount, Genesis.DEFAULT_SUPPLY)));
                configurations
                        .find(definition.group())
                        .ifPresent(row -> links.sendIfConnected(node, configure(row)));
            }
        }
        reported(node, hello.groups());
    }

    @Override
    public void event(NodeId node, AgentEvent event) {
        switch (event) {
            case AgentEvent.Heartbeat(_, var reports) -> reported(node, reports);
            case AgentEvent.WantsRemoval(var group, var epoch, var member, var why) ->
                    membership.remove(node, group, epoch, member, why);
            case AgentEvent.WantsAddition(var group, var epoch, var member) ->
                    membership.add(node, group(group), epoch, member);
            case AgentEvent.RoleTaken(var group, var epoch, _, var height, var millis) ->
                    tell(
                            group,
                            "%s serves %s as primary in epoch %s from block %d on, after %d ms"
                                    .formatted(node, group, epoch, height, millis));
            case AgentEvent _ -> {}
        }
    }

    private void reported(NodeId node, List<MemberReport> reports) {
        for (var report : reports) {
            var definition =
                    definitions.stream().filter(d -> d.group().equals(report.group())).findFirst();
            if (definition.isEmpty()) {
                continue;
            }
            var row = configurations.find(report.group());
            if (row.isEmpty()) {
                formIfComplete(definition.get());
            } else {
                sendIfOlder(node, report, row.get());
                membership.refresh(node, definition.get(), row.get(), report);
            }
        }
    }

    /** Protocol rule 24: a receiver with an older row gets the whole row again. */
    private void sendIfOlder(NodeId node, MemberReport report, Configuration row) {
        if (report.version() < row.version() || report.epoch().olderThan(row.epoch())) {
            links.sendIfConnected(node, configure(row));
        }
    }

    private void formIfComplete(GroupDefinition definition) {
        Formation.of(definition, fleet, configurations.metadata())
                .ifPresent(first -> {
                    var _ =
                            configurations.compareAndSet(
                                    0,
                                    first,
                                    "formation of %s in %s"
                                            .formatted(first.group(), configurations.metadata()),
                                    "all nodes have an empty ledger");
                });
    }

    private void changed(Configuration row) {
        var nodes = new TreeSet<>(links.connected());
        nodes.retainAll(
                Stream.concat(
                                row.members().stream().map(m -> m.node()),
                                definitions.stream()
                                        .filter(d -> d.group().equals(row.group()))
                                        .flatMap(d -> d.nodes().stream()))
                        .toList());
        nodes.forEach(node -> links.sendIfConnected(node, configure(row)));
        tell(
                row.group(),
                "%s is in epoch %s, primary %s, %d in sync"
                        .formatted(
                                row.group(),
                                row.epoch(),
                                row.primaryMember().node(),
                                row.inSync().size()));
    }

    private static AgentCommand configure(Configuration row) {
        return new AgentCommand.Configure(row);
    }

    private void tell(GroupId group, String sentence) {
        events.publish("group", group.value(), sentence, "failover/" + group);
    }
}
