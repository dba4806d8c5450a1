package io.xwasm.controlplane.takeover;

import io.xwasm.agent.protocol.AgentEvent;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.Strategy;
import io.xwasm.controlplane.fleet.LinkListener;
import io.xwasm.controlplane.groups.TakeoverSeams;
import io.xwasm.controlplane.identity.Actor;
import io.xwasm.controlplane.identity.Deed;
import io.xwasm.controlplane.problems.Refusal;
import io.xwasm.failover.FailoverRules;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Primaries that suspect themselves and ask for a switchover (protocol rule 15). */
final class PrimaryWishes implements LinkListener {
    private static final Logger LOG = LoggerFactory.getLogger(PrimaryWishes.class);

    private final TakeoverSeams fleet;
    private final Mover mover;

    /** Begins a switchover to the best standby, or refuses. */
    interface Mover {
        OperationView toBest(Configuration row, Actor actor);
    }

    PrimaryWishes(TakeoverSeams fleet, Mover mover) {
        this.fleet = fleet;
        this.mover = mover;
    }

    @Override
    public void event(NodeId node, AgentEvent event) {
        if (event instanceof AgentEvent.WantsSwitchover(var group, var epoch, var why)) {
            rowOfPrimary(node, group, epoch).ifPresent(row -> hear(row, why));
        }
    }

    private Optional<Configuration> rowOfPrimary(NodeId node, GroupId group, Epoch epoch) {
        return fleet.configurations()
                .find(group)
                .filter(row -> row.epoch().equals(epoch))
                .filter(row -> row.primaryMember().node().equals(node))
                .filter(_ -> fleet.groups().frozen(group).isEmpty());
    }

    private void hear(Configuration row, String why) {
        boolean automatic = fleet.groups().policy(row.group()).strategy() == Strategy.AUTOMATIC;
        var moves = Moves.of(fleet.configurations(), row.group(), fleet.clock().instant());
        var against = FailoverRules.againstWish(automatic, moves);
        if (against.isPresent()) {
            tell(row, "%s asks for a switchover: %s; %s", why, against.get());
            return;
        }
        try {
            begin(row, why);
        } catch (Refusal e) {
            // It asks again for as long as it suspects itself.
            tell(
                    row,
                    "%s asks for a switchover: %s; not now: %s",
                    why,
                    String.valueOf(e.getMessage()));
        }
    }

    private void tell(Configuration row, String sentence, String why, String then) {
        var told = sentence.formatted(row.primaryMember().node(), why, then);
        LOG.info("{}: {}", row.group(), told);
        fleet.events().publish("group", row.group().value(), told, "failover?group=" + row.group());
    }

    private void begin(Configuration row, String why) {
        var actor = Actor.automation("failover");
        var operation = mover.toBest(row, actor);
        fleet.audit()
                .enter(
                        Deed.automatic(
                                actor,
                                "groups.switchover",
                                row.group().value(),
                                operation.id(),
                                Json.write(
                                        Map.of("from", row.primaryMember().node(), "why", why))));
    }
}
