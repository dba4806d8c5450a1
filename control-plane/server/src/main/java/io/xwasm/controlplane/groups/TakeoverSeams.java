package io.xwasm.controlplane.groups;

import io.xwasm.controlplane.events.FleetEvents;
import io.xwasm.controlplane.fleet.AgentLinks;
import io.xwasm.controlplane.fleet.Fleet;
import io.xwasm.controlplane.http.AuditTrail;
import io.xwasm.controlplane.operations.Operations;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * What a takeover builds on. It registers its operation kinds and subscribes to the links in its
 * constructor, before either begins.
 */
public record TakeoverSeams(
        Groups groups,
        GroupConfigurations configurations,
        AgentLinks links,
        Fleet fleet,
        Operations operations,
        FleetEvents events,
        AuditTrail audit,
        InstantSource clock) {
    /** Makes the takeover of a control plane. */
    public interface Factory extends Function<TakeoverSeams, Takeover> {}
}
