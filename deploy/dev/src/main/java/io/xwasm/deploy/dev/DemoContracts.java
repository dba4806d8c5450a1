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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    void deploy() throws InterruptedException {
        awaitServing();
        ensure(TOKEN, "token", token("Demo Token", "DEMO", owner));
        ensure(DEX, "dex", owned());
    }

    /** Deploys a contract behind a proxy unless one of this name is there. */
    void ensure(ContractName name, String code, ObjectNode init) throws InterruptedException {
        boolean there =
                client.contracts(null, 100).items().stream()
                        .map(ContractView::name)
                        .anyMatch(name::equals);
        if (!there) {
            deploy(name, code, init);
        }
    }

    /** What a token of the demo is set up with; all of it belongs to one account at first. */
    static ObjectNode token(String title, String symbol, Address owner) {
        return Json.MAPPER
                .createObjectNode()
                .put("owner", owner.toString())
                .put("name", title)
                .put("symbol", symbol)
                .put("decimals", 6)
                .put("supply", SUPPLY);
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
