package io.xwasm.deploy.cli;

import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.controlplane.api.ControlPlaneUnreachable;
import io.xwasm.controlplane.api.MemberView;
import io.xwasm.deploy.cli.agent.AgentClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Finds the agents to call. */
final class Agents {
    private final XwasmCommand xwasm;

    Agents(XwasmCommand xwasm) {
        this.xwasm = xwasm;
    }

    /** Those named, else those of the group that holds the contract. */
    AgentClient holding(ContractName name, List<URI> named) {
        if (!named.isEmpty()) {
            return client(named);
        }
        try {
            return client(apis(xwasm.client().contract(name).group()));
        } catch (ControlPlaneUnreachable e) {
            return ofDevFleet(e);
        }
    }

    /** Those of a group, the primary first. */
    AgentClient of(GroupId group) {
        return client(apis(group));
    }

    /**
     * Calls go on while the control plane is down; a development fleet says where its agents are.
     */
    private AgentClient ofDevFleet(ControlPlaneUnreachable e) {
        if (xwasm.serverNamed()) {
            throw e;
        }
        var agents =
                FleetAddress.devFleet(xwasm.terminal().environment())
                        .map(fleet -> fleet.agents().stream().map(DevFleet.Agent::api).toList())
                        .orElse(List.of());
        if (agents.isEmpty()) {
            throw e;
        }
        return client(agents);
    }

    private List<URI> apis(GroupId group) {
        var view = xwasm.client().group(group);
        var apis = new ArrayList<URI>();
        if (view.primaryApi() != null) {
            apis.add(URI.create(view.primaryApi()));
        }
        view.members().stream()
                .map(MemberView::api)
                .filter(api -> !api.isEmpty())
                .map(URI::create)
                .filter(api -> !apis.contains(api))
                .forEach(apis::add);
        if (apis.isEmpty()) {
            throw new BadInput("group %s has no member that can be called".formatted(group));
        }
        return apis;
    }

    private AgentClient client(List<URI> agents) {
        return new AgentClient(agents, xwasm.pause());
    }
}
