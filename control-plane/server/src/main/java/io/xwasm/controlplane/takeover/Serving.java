package io.xwasm.controlplane.takeover;

import io.xwasm.agent.protocol.AgentEvent;
import io.xwasm.agent.protocol.Ask;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.agent.protocol.Reply;
import io.xwasm.controlplane.fleet.AgentLinks;
import io.xwasm.controlplane.fleet.AgentUnreachable;
import io.xwasm.controlplane.fleet.LinkListener;
import io.xwasm.controlplane.groups.GroupConfigurations;
import io.xwasm.controlplane.operations.StepContext;
import io.xwasm.controlplane.operations.StepFailed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Knows when each group's newest primary began to serve. */
final class Serving implements LinkListener {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration ASK_AGAIN = Duration.ofMillis(500);

    private final AgentLinks links;
    private final GroupConfigurations configurations;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Map<GroupId, Taken> taken = new HashMap<>();

    /** A primary began to serve. */
    record Taken(Epoch epoch, NodeId node, long height, Instant at) {}

    Serving(AgentLinks links, GroupConfigurations configurations, InstantSource clock) {
        this.links = links;
        this.configurations = configurations;
        this.clock = clock;
    }

    @Override
    public void event(NodeId node, AgentEvent event) {
        if (event instanceof AgentEvent.RoleTaken(var group, var epoch, _, var height, _)) {
            note(group, new Taken(epoch, node, height, clock.instant()));
        }
    }

    private void note(GroupId group, Taken role) {
        lock.lock();
        try {
            taken.merge(
                    group,
                    role,
                    (before, now) -> before.epoch().olderThan(now.epoch()) ? now : before);
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until this node serves as primary.
     *
     * @param from an epoch in which it was made primary; changes of the in-sync set may have raised
     *     it since
     * @throws StepFailed when another was made primary meanwhile, or the time is over
     */
    Taken await(StepContext context, GroupId group, NodeId node, Epoch from)
            throws InterruptedException {
        var end = clock.instant().plus(PATIENCE);
        while (true) {
            var role = awaitNews(group, node, from);
            if (role.isPresent()) {
                return role.get();
            }
            var now = configurations.find(group).map(Configuration::primaryMember);
            if (now.isPresent() && !now.get().node().equals(node)) {
                throw new StepFailed(
                        "%s was made primary before %s served".formatted(now.get().node(), node));
            }
            if (clock.instant().isAfter(end)) {
                throw new StepFailed(
                        "%s does not serve %d s after it was made primary"
                                .formatted(node, PATIENCE.toSeconds()));
            }
            context.progress(0, 0, "waiting for %s to serve".formatted(node));
            askWhetherServing(group, node, from);
        }
    }

    private Optional<Taken> awaitNews(GroupId group, NodeId node, Epoch from)
            throws InterruptedException {
        long left = ASK_AGAIN.toNanos();
        lock.lock();
        try {
            while (true) {
                var role = taken.get(group);
                if (role != null && role.node().equals(node) && !role.epoch().olderThan(from)) {
                    return Optional.of(role);
                }
                if (left <= 0) {
                    return Optional.empty();
                }
                left = news.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The event may have been lost with a link or with a former process of the control plane. */
    private void askWhetherServing(GroupId group, NodeId node, Epoch from)
            throws InterruptedException {
        try {
            var reply = links.ask(node, new Ask.Hearing(group), ASK_AGAIN);
            if (reply instanceof Reply.Heard(_, var report)
                    && report.serving()
                    && !report.epoch().olderThan(from)) {
                note(group, new Taken(report.epoch(), node, report.height(), clock.instant()));
            }
        } catch (AgentUnreachable _) {
            // It will be asked again, and in the end the patience is over.
        }
    }
}
