package io.xwasm.controlplane.takeover;

import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.Json;
import io.xwasm.controlplane.api.FailoverReport;
import io.xwasm.controlplane.api.Phase;
import io.xwasm.controlplane.groups.ConfigurationChange;
import io.xwasm.controlplane.groups.GroupConfigurations;
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
import java.util.TreeSet;

/** A failover that was decided: write the new configuration, wait until it serves, measure. */
final class FailoverSteps {
    static final String KIND = "failover";

    private final GroupConfigurations configurations;
    private final Serving serving;
    private final InstantSource clock;

    FailoverSteps(GroupConfigurations configurations, Serving serving, InstantSource clock) {
        this.configurations = configurations;
        this.serving = serving;
        this.clock = clock;
    }

    OperationKind kind() {
        return new OperationKind(
                KIND,
                List.of(
                        Step.noReturn("promote", this::promote),
                        Step.noReturn("serve", this::serve)),
                Set.of("report", "primary", "epoch"));
    }

    private static MoveOrder order(StepContext context) {
        return Json.MAPPER.treeToValue(context.input(), MoveOrder.class);
    }

    /** The compare-and-set decides: when the row moved on since the decision, nothing is done. */
    private StepResult promote(StepContext context) {
        var order = order(context);
        var request = Moves.request(context);
        var row =
                configurations
                        .find(order.group())
                        .orElseThrow(
                                () -> new StepFailed("group %s is gone".formatted(order.group())));
        var next =
                new Configuration(
                        row.group(),
                        row.metadata(),
                        new Epoch(order.epoch()).next(),
                        order.candidate(),
                        row.members(),
                        new TreeSet<>(order.inSync()),
                        row.minimumSize(),
                        row.leaseVersion(),
                        order.version() + 1);
        return switch (configurations.compareAndSet(order.version(), next, request, order.why())) {
            case ConfigurationChange.Applied(var written) ->
                    StepResult.of(
                                    "%s is primary in epoch %s"
                                            .formatted(order.to(), written.epoch()))
                            .with("epoch", written.epoch().value())
                            .with("promotedAt", clock.instant())
                            .with("primary", order.to());
            case ConfigurationChange.Conflict _ ->
                    throw new StepFailed(
                            "the group's configuration changed before %s could be promoted"
                                    .formatted(order.to()));
        };
    }

    private StepResult serve(StepContext context) throws InterruptedException {
        var order = order(context);
        var epoch = new Epoch(context.output("epoch").asLong());
        var promotedAt = Instant.parse(context.output("promotedAt").asString());
        var taken = serving.await(context, order.group(), order.to(), epoch);
        var report =
                new FailoverReport(
                        context.operation(),
                        KIND,
                        order.from(),
                        order.to(),
                        order.epoch(),
                        epoch.value(),
                        order.firstSign(),
                        List.of(
                                phase("detect", order.firstSign(), order.decided()),
                                phase("promote", order.decided(), promotedAt),
                                phase("serve", promotedAt, taken.at())),
                        millis(order.firstSign(), taken.at()),
                        Lost.calls(order.committedBefore(), taken.height()),
                        order.why());
        return StepResult.of(
                        "%s serves, %d ms after the first sign"
                                .formatted(order.to(), report.rtoMillis()))
                .with("report", report);
    }

    static Phase phase(String name, Instant from, Instant to) {
        return new Phase(name, millis(from, to));
    }

    static long millis(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis());
    }
}
