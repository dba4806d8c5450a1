package io.xwasm.deploy.dev;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.Json;
import io.xwasm.deploy.cli.Keystore;
import io.xwasm.deploy.cli.agent.AgentClient;
import io.xwasm.deploy.cli.agent.DeployedContract;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** Where a load takes place: contracts can be deployed, accounts can be had. */
final class LoadGround {
    private final AgentClient agents;
    private final Keystore keys;
    private final InstantSource clock;
    private final DemoContracts contracts;

    LoadGround(AgentClient agents, Keystore keys, InstantSource clock, DemoContracts contracts) {
        this.agents = agents;
        this.keys = keys;
        this.clock = clock;
        this.contracts = contracts;
    }

    /** The default account, which owns what the demo deploys. */
    Trader owner() {
        return new Trader(keys.require(Keystore.DEFAULT), DemoContracts.GROUP, agents, clock);
    }

    /** So many accounts of this load's own; the same ones each time. */
    List<Trader> traders(String name, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> keys.ensure(name + "-" + i))
                .map(key -> new Trader(key, DemoContracts.GROUP, agents, clock))
                .toList();
    }

    /** A contract that is there already. */
    DeployedContract contract(ContractName name) {
        return agents.contract(name.value());
    }

    /** A contract, deployed behind a proxy if it is not there yet. */
    DeployedContract contract(ContractName name, String code, ObjectNode init)
            throws InterruptedException {
        contracts.ensure(name, code, init);
        return contract(name);
    }

    static ObjectNode json() {
        return Json.MAPPER.createObjectNode();
    }

    static ObjectNode json(String name, Address address) {
        return json().put(name, address.toString());
    }
}
