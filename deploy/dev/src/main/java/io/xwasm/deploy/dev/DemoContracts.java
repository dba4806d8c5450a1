package io.xwasm.deploy.dev;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Json;
import io.xwasm.controlplane.api.ContractView;
import io.xwasm.controlplane.api.ControlPlaneClient;
import io.xwasm.controlplane.api.ControlPlaneUnreachable;
import io.xwasm.controlplane.api.DeployContract;
import io.xwasm.controlplane.api.OperationState;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.RequestRefused;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deploys what a new user calls first, as any user would: through the public API.
 *
 * <p>What is deployed already stays as it is, so it may be run at every start.
 */
final class DemoContracts {
    static final ContractName TOKEN = new ContractName("token");
    static final ContractName DEX = new ContractName("dex");

    /** The other token of the pool that the load swaps in. */
    static final ContractName COIN = new ContractName("coin");

    static final GroupId GROUP = new GroupId(ProcessConfigs.GROUP);

    /** A million millions: nobody runs out of it. */
    private static final String SUPPLY = "1000000000000000000";

    private static final Duration SERVING_WITHIN = Duration.ofSeconds(60);
    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final ControlPlaneClient client;
    private final Address owner;
    private final CountDownLatch stopped;

    /**
     * @param owner of the tokens and of the exchange
     */
    DemoContracts(ControlPlaneClient client, Address owner, CountDownLatch stopped) {
        this.client = client;
        this.owner = owner;
        this.stopped = stopped;
    }

    /**
     * @param forLoad whether there shall be a second token
     */
    void deploy(boolean forLoad) throws InterruptedException {
        awaitServing();
        var there =
                client.contracts(null, 100).items().stream()
                        .map(ContractView::name)
                        .collect(Collectors.toSet());
        deployToken(TOKEN, "Demo Token", "DEMO", there);
        if (!there.contains(DEX)) {
            deploy(DEX, "dex", owned());
        }
        if (forLoad) {
            deployToken(COIN, "Demo Coin", "COIN", there);
        }
    }

    private void deployToken(
            ContractName name, String title, String symbol, Set<ContractName> there)
            throws InterruptedException {
        if (there.contains(name)) {
            return;
        }
        var init = owned();
        init.put("name", title);
        init.put("symbol", symbol);
        init.put("decimals", 6);
        init.put("supply", SUPPLY);
        deploy(name, "token", init);
    }

    private ObjectNode owned() {
        return Json.MAPPER.createObjectNode().put("owner", owner.toString());
    }

    private void deploy(ContractName name, String code, ObjectNode init)
            throws InterruptedException {
        try {
            var hash = client.uploadCode(ShippedContracts.code(code)).hash();
            var ended = followed(client.deploy(new DeployContract(name, GROUP, hash, init)));
            if (ended.state() == OperationState.FAILED) {
                throw new CannotStart("deploying %s failed: %s".formatted(name, ended.failure()));
            }
        } catch (RequestRefused e) {
            throw new CannotStart("%s was not deployed: %s".formatted(name, e.getMessage()), e);
        }
    }

    private OperationView followed(OperationView operation) throws InterruptedException {
        var newest = operation;
        while (newest.state() == OperationState.RUNNING && stopped.getCount() > 0) {
            try {
                newest = client.operation(newest.id(), newest.version());
            } catch (ControlPlaneUnreachable _) {
                rest();
            }
        }
        return newest;
    }

    private void awaitServing() throws InterruptedException {
        long deadline = System.nanoTime() + SERVING_WITHIN.toNanos();
        while (stopped.getCount() > 0) {
            String sentence;
            try {
                var group = client.group(GROUP);
                if (group.serving()) {
                    return;
                }
                sentence = group.sentence();
            } catch (ControlPlaneUnreachable | RequestRefused e) {
                sentence = String.valueOf(e.getMessage());
            }
            if (System.nanoTime() > deadline) {
                throw new CannotStart(
                        "group %s does not serve after %d s: %s"
                                .formatted(GROUP, SERVING_WITHIN.toSeconds(), sentence));
            }
            rest();
        }
    }

    private void rest() throws InterruptedException {
        if (stopped.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new CannotStart("the fleet was stopped while it started");
        }
    }
}
