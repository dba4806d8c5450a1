package io.xwasm.controlplane.takeover;

import io.xwasm.agent.protocol.Ask;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.Reply;
import io.xwasm.controlplane.api.FailoverReport;
import io.xwasm.controlplane.fleet.AgentUnreachable;
import io.xwasm.controlplane.groups.ConfigurationChange;
import io.xwasm.controlplane.groups.GroupConfigurations;
import io.xwasm.controlplane.groups.Groups;
import io.xwasm.controlplane.operations.OperationKind;
import io.xwasm.controlplane.operations.Step;
import io.xwasm.controlplane.operations.StepContext;
import io.xwasm.controlplane.operations.StepFailed;
import io.xwasm.controlplane.operations.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * A planned move: the old primary takes no new call, commits what it has, and the new one goes on.
 */
final class SwitchoverSteps {
    static final String KIND = "switchover";

    /** Longer than any move takes; then the old primary goes on by itself. */
    private static final Duration HOLD = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(6);
    private static final int ATTEMPTS = 5;

    private final Groups groups;
    private final GroupConfigurations configurations;
    private final Serving serving;
    private final InstantSource clock;

    SwitchoverSteps(
            Groups groups,
            GroupConfigurations configurations,
            Serving serving,
            InstantSource clock) {
        this.groups = groups;
        this.configurations = configurations;
        this.serving = serving;
        this.clock = clock;
    }

    OperationKind kind() {
        return new OperationKind(
                KIND,
                List.of(
                        Step.of("drain", this::drain).undoneBy(this::resume),
                        Step.noReturn("move", this::move),
                        Step.noReturn("serve", this::serve)),
                Set.of("report", "primary", "epoch"));
    }

    private static SwitchoverOrder order(StepContext context) {
        return Json.MAPPER.treeToValue(context.input(), SwitchoverOrder.class);
    }

    private Configuration row(SwitchoverOrder order) {
        return configurations
                .find(order.group())
                .orElseThrow(() -> new StepFailed("group %s is gone".formatted(order.group())));
    }

    private StepResult drain(StepContext context) throws InterruptedException {
        var order = order(context);
        var row = row(order);
        target(row, order);
        if (row.primaryMember().node().equals(order.to())) {
            return StepResult.of(order.to() + " is primary already")
                    .with("drainedAt", clock.instant())
                    .with("height", 0);
        }
        var began = clock.instant();
        var reply = ask(order, new Ask.Drain(order.group(), row.epoch(), HOLD.toMillis()));
        return switch (reply) {
            case Reply.Drained(var height, _) ->
                    StepResult.of(
                                    "%s takes no new call; everything up to block %d is committed"
                                            .formatted(order.from(), height))
                            .with("drainedAt", began)
                            .with("height", height);
            case Reply.Refused(_, var message) ->
                    throw new StepFailed(
                            "%s cannot be drained: %s".formatted(order.from(), message));
            case Reply other ->
                    throw new StepFailed(
                            "%s answered a drain with %s".formatted(order.from(), other));
        };
    }

    private Reply ask(SwitchoverOrder order, Ask ask) throws InterruptedException {
        try {
            return groups.askPrimary(order.group(), ask, PATIENCE);
        } catch (AgentUnreachable e) {
            throw new StepFailed(String.valueOf(e.getMessage()));
        }
    }

    private String resume(StepContext context) throws InterruptedException {
        var order = order(context);
        try {
            groups.askPrimary(order.group(), new Ask.Resume(order.group()), PATIENCE);
            return order.from() + " takes calls again";
        } catch (AgentUnreachable _) {
            return "%s takes calls again after %d s by itself"
                    .formatted(order.from(), HOLD.toSeconds());
        }
    }

    private static Member target(Configuration row, SwitchoverOrder order) {
        return row.memberOn(order.to())
                .filter(m -> row.isInSync(m.incarnation()))
                .orElseThrow(() ->
                        new StepFailed(
                                "%s is not in sync, so it cannot take over without losing calls"
                                        .formatted(order.to())));
    }

    /**
     * The in-sync set may change meanwhile, so the compare-and-set is tried again on the newer row.
     */
    private StepResult move(StepContext context) {
        var order = order(context);
        var request = Moves.request(context);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var row = row(order);
            var target = target(row, order);
            if (row.primary().equals(target.incarnation())) {
                return moved(order, row);
            }
            var next =
                    new Configuration(
                            row.group(),
                            row.metadata(),
                            row.epoch().next(),
                            target.incarnation(),
                            row.members(),
                            row.inSync(),
                            row.minimumSize(),
                            row.leaseVersion(),
                            row.version() + 1);
            if (configurations.compareAndSet(
                            row.version(),
                            next,
                            request,
                            "switchover from %s to %s".formatted(order.from(), order.to()))
                    instanceof ConfigurationChange.Applied(var written)) {
                return moved(order, written);
            }
        }
        throw new StepFailed("the group's configuration kept changing; nothing was moved");
    }

    private StepResult moved(SwitchoverOrder order, Configuration written) {
        return StepResult.of("%s is primary in epoch %s".formatted(order.to(), written.epoch()))
                .with("epoch", written.epoch().value())
                .with("movedAt", clock.instant())
                .with("primary", order.to());
    }

    private StepResult serve(StepContext context) throws InterruptedException {
        var order = order(context);
        var epoch = new Epoch(context.output("epoch").asLong());
        var drainedAt = Instant.parse(context.output("drainedAt").asString());
        var movedAt = Instant.parse(context.output("movedAt").asString());
        var taken = serving.await(context, order.group(), order.to(), epoch);
        var report =
                new FailoverReport(
                        context.operation(),
                        KIND,
                        order.from(),
                        order.to(),
                        epoch.value() - 1,
                        epoch.value(),
                        order.asked(),
                        List.of(
                                FailoverSteps.phase("drain", drainedAt, movedAt),
                                FailoverSteps.phase("serve", movedAt, taken.at())),
                        FailoverSteps.millis(drainedAt, taken.at()),
                        Lost.calls(context.output("height").asLong(), taken.height()),
                        "%s was asked to take over".formatted(order.to()));
        return StepResult.of(
                        "%s serves; calls waited %d ms".formatted(order.to(), report.rtoMillis()))
                .with("report", report);
    }
}
