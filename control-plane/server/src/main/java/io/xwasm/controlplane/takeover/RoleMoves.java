package io.xwasm.controlplane.takeover;

import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.MemberReport;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.api.FailoverReport;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.Readiness;
import io.xwasm.controlplane.api.Strategy;
import io.xwasm.controlplane.api.Switchover;
import io.xwasm.controlplane.api.WaitingTakeover;
import io.xwasm.controlplane.groups.Takeover;
import io.xwasm.controlplane.groups.TakeoverSeams;
import io.xwasm.controlplane.identity.Actor;
import io.xwasm.controlplane.identity.Deed;
import io.xwasm.controlplane.operations.OperationOrder;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import io.xwasm.failover.FailoverDecision;
import io.xwasm.failover.FailoverRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Failovers and switchovers of every group. */
public final class RoleMoves implements Takeover {
    private static final Set<String> MOVES = Set.of(FailoverSteps.KIND, SwitchoverSteps.KIND);

    private static final Duration BEGIN_AGAIN = Duration.ofSeconds(5);

    private final TakeoverSeams fleet;
    private final GroupLook look;
    private final Serving serving;
    private final PrimaryWatch watch;
    private final PrimaryWishes wishes;
    private final Map<GroupId, WaitingTakeover> waiting = new ConcurrentHashMap<>();

    /** When each group's present primary was first missed. */
    private final Map<GroupId, Missed> missed = new ConcurrentHashMap<>();

    private final Map<GroupId, Begun> begun = new ConcurrentHashMap<>();

    private record Begun(long version, Instant at) {}

    private record Missed(long epoch, Instant since) {}

    /** Registers its operations and begins to watch. */
    public RoleMoves(TakeoverSeams seams) {
        this.fleet = seams;
        this.look = new GroupLook(seams.links(), seams.configurations(), seams.clock());
        this.serving = new Serving(seams.links(), seams.configurations(), seams.clock());
        seams.operations()
                .register(new FailoverSteps(seams.configurations(), serving, seams.clock()).kind());
        seams.operations()
                .register(
                        new SwitchoverSteps(
                                        seams.groups(),
                                        seams.configurations(),
                                        serving,
                                        seams.clock())
                                .kind());
        this.watch =
                new PrimaryWatch(
                        seams.groups(),
                        seams.configurations(),
                        seams.fleet(),
                        seams.clock(),
                        this::examine);
        this.wishes =
                new PrimaryWishes(
                        seams, (row, actor) -> startSwitchover(row, bestTarget(row), actor));
        seams.links().subscribe(serving);
        seams.links().subscribe(wishes);
        seams.links().subscribe(watch);
    }

    /** Looks at a group whose primary may be lost, and does what the rules say. */
    private void examine(GroupId group, Instant sign) throws InterruptedException {
        var row = fleet.configurations().find(group);
        if (row.isEmpty() || fleet.groups().frozen(group).isPresent() || isRestoring(group)) {
            return;
        }
        boolean automatic = fleet.groups().policy(group).strategy() == Strategy.AUTOMATIC;
        switch (FailoverRules.decide(look.at(row.get(), automatic, false))) {
            case FailoverDecision.Stay _ -> {
                waiting.remove(group);
                missed.remove(group);
            }
            case FailoverDecision.Later later -> {
                var _ = missedSince(row.get(), sign);
                watch.lookLater(group, later.left());
            }
            case FailoverDecision.Wait wait -> waitForPerson(row.get(), wait, sign);
            case FailoverDecision.Promote promote -> {
                waiting.remove(group);
                if (isNew(row.get())) {
                    begin(row.get(), promote, sign);
                }
            }
        }
    }

    private void begin(Configuration row, FailoverDecision.Promote promote, Instant sign) {
        var actor = Actor.automation("failover");
        var operation = start(row, promote, sign, actor);
        // After it has begun: the group waits for it, and for nobody's reading.
        fleet.audit()
                .enter(
                        Deed.automatic(
                                actor,
                                "groups.failover",
                                row.group().value(),
                                operation.id(),
                                Json.write(Map.of("to", promote.node(), "why", promote.why()))));
    }

    /** A restore replaces the ledgers of all members, so they are missing one after the other. */
    private boolean isRestoring(GroupId group) {
        return fleet.operations().running().stream()
                .anyMatch(o -> o.kind().equals("restore") && group.equals(o.group()));
    }

    /**
     * Whether no failover from this row was begun a moment ago: signs of one loss come several
     * times.
     */
    private boolean isNew(Configuration row) {
        var now = new Begun(row.version(), fleet.clock().instant());
        var before = begun.put(row.group(), now);
        boolean repeated =
                before != null
                        && before.version() == now.version()
                        && before.at().plus(BEGIN_AGAIN).isAfter(now.at());
        if (repeated) {
            begun.put(row.group(), before);
        }
        return !repeated;
    }

    private Instant missedSince(Configuration row, Instant sign) {
        return missed.compute(
                        row.group(),
                        (_, before) ->
                                before != null && before.epoch() == row.epoch().value()
                                        ? before
                                        : new Missed(row.epoch().value(), sign))
                .since();
    }

    private void waitForPerson(Configuration row, FailoverDecision.Wait wait, Instant sign) {
        var since = missedSince(row, sign);
        var now =
                new WaitingTakeover(
                        since,
                        row.primaryMember().node(),
                        wait.candidate().orElse(null),
                        wait.why());
        if (!now.equals(waiting.put(row.group(), now))) {
            fleet.events()
                    .publish(
                            "group",
                            row.group().value(),
                            wait.why(),
                            "failover?group=" + row.group());
        }
    }

    private OperationView start(
            Configuration row, FailoverDecision.Promote promote, Instant sign, Actor actor) {
        var order =
                new MoveOrder(
                        row.group(),
                        row.primaryMember().node(),
                        promote.candidate(),
                        promote.node(),
                        List.copyOf(promote.inSync()),
                        row.epoch().value(),
                        row.version(),
                        missedSince(row, sign),
                        fleet.clock().instant(),
                        committedBefore(row),
                        promote.why());
        return fleet.operations()
                .start(
                        OperationOrder.of(
                                FailoverSteps.KIND,
                                row.group().value(),
                                row.group(),
                                order,
                                // The compare-and-set sees to it that only one of several takes
                                // effect.
                                OperationOrder.free()),
                        actor);
    }

    private long committedBefore(Configuration row) {
        return fleet.fleet().reports(row.group()).values().stream()
                .mapToLong(MemberReport::committed)
                .max()
                .orElse(0);
    }

    @Override
    public OperationView switchover(GroupId group, Switchover switchover, Actor actor) {
        fleet.groups().group(group);
        var before = fleet.operations().begunBy(actor);
        if (before.isPresent()) {
            return before.get();
        }
        var row = row(group);
        var from = row.primaryMember().node();
        var to = Optional.ofNullable(switchover.to()).orElseGet(() -> bestTarget(row));
        if (to.equals(from)) {
            throw Refusal.of(
                    ProblemKind.NOT_NOW, "%s is primary of %s already".formatted(to, group));
        }
        requireInSync(row, to);
        return startSwitchover(row, to, actor);
    }

    private OperationView startSwitchover(Configuration row, NodeId to, Actor actor) {
        var group = row.group();
        var from = row.primaryMember().node();
        return fleet.operations()
                .start(
                        OperationOrder.of(
                                SwitchoverSteps.KIND,
                                group.value(),
                                group,
                                new SwitchoverOrder(group, from, to, fleet.clock().instant()),
                                OperationOrder.onePerGroup(group, MOVES)),
                        actor);
    }

    private Configuration row(GroupId group) {
        return fleet.configurations()
                .find(group)
                .orElseThrow(() ->
                        Refusal.of(
                                ProblemKind.UNAVAILABLE,
                                "group %s has not formed yet".formatted(group)));
    }

    /** The in-sync standby that is up and has executed most. */
    private NodeId bestTarget(Configuration row) {
        var reports = fleet.fleet().reports(row.group());
        return row.inSyncStandbys().stream()
                .map(Member::node)
                .filter(fleet.fleet()::up)
                .max(
                        Comparator.comparingLong(node ->
                                Optional.ofNullable(reports.get(node))
                                        .map(MemberReport::executed)
                                        .orElse(0L)))
                .orElseThrow(() ->
                        Refusal.of(
                                ProblemKind.UNAVAILABLE,
                                "no standby of %s is in sync and connected"
                                        .formatted(row.group())));
    }

    private static void requireInSync(Configuration row, NodeId to) {
        var member = row.memberOn(to);
        if (member.isEmpty()) {
            throw Refusal.of(
                    ProblemKind.UNKNOWN_NODE, "%s is no member of %s".formatted(to, row.group()));
        }
        if (!row.isInSync(member.get().incarnation())) {
            throw Refusal.of(
                    ProblemKind.NOT_NOW,
                    "%s is not in sync, so it cannot take over without losing calls".formatted(to));
        }
    }

    @Override
    public OperationView failover(GroupId group, Actor actor) {
        fleet.groups().group(group);
        var before = fleet.operations().begunBy(actor);
        if (before.isPresent()) {
            return before.get();
        }
        var row = row(group);
        try {
            return switch (FailoverRules.decide(look.at(row, false, true))) {
                case FailoverDecision.Stay(var why) ->
                        throw Refusal.of(
                                ProblemKind.NOT_NOW,
                                "there is nothing to fail over: %s".formatted(why));
                case FailoverDecision.Later(_, var why) ->
                        throw Refusal.of(ProblemKind.NOT_NOW, why);
                case FailoverDecision.Wait(_, var why) ->
                        throw Refusal.of(ProblemKind.NOT_NOW, "a failover is not possible: " + why);
                case FailoverDecision.Promote promote ->
                        start(row, promote, fleet.clock().instant(), actor);
            };
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Refusal.of(ProblemKind.UNAVAILABLE, "the control plane shuts down");
        }
    }

    @Override
    public Optional<WaitingTakeover> waiting(GroupId group) {
        // Nothing looks again once a person has acted and all is well, so what is over is told by
        // the row.
        return Optional.ofNullable(waiting.get(group))
                .filter(w ->
                        fleet.configurations()
                                .find(group)
                                .filter(r -> r.primaryMember().node().equals(w.lost()))
                                .isPresent());
    }

    @Override
    public Optional<FailoverReport> last(GroupId group) {
        return fleet.operations()
                .newest(group.value(), List.copyOf(MOVES))
                .map(o -> o.result().get("report"))
                .map(report -> Json.MAPPER.treeToValue(report, FailoverReport.class));
    }

    @Override
    public Readiness readiness(GroupId group) {
        Predicate<NodeId> up = fleet.fleet()::up;
        return fleet.configurations()
                .find(group)
                .map(row ->
                        SwitchoverReadiness.of(row, fleet.fleet().reports(group), up, last(group)))
                .orElseGet(
                        () -> new Readiness(false, "The group has not formed yet", -1, List.of()));
    }

    @Override
    public void close() {
        fleet.links().unsubscribe(watch);
        fleet.links().unsubscribe(wishes);
        fleet.links().unsubscribe(serving);
        watch.close();
    }
}
