package io.xwasm.deploy.bench;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.Json;
import io.xwasm.controlplane.api.ControlPlaneClient;
import io.xwasm.controlplane.api.DeployContract;
import io.xwasm.controlplane.api.OperationState;
import io.xwasm.controlplane.api.OperationView;
import java.io.IOException;
import java.util.Map;

/** Deploys shipped contracts behind proxies, through the control plane. */
public final class Deployment {
    private Deployment() {}

    /** Deploys and waits. */
    public static Address of(
            ControlPlaneClient client, String shipped, ContractName name, Map<String, ?> init)
            throws IOException {
        var code = client.uploadCode(ShippedContracts.code(shipped));
        finish(
                client,
                client.deploy(
                        new DeployContract(
                                name,
                                BenchFleet.GROUP,
                                code.hash(),
                                Json.MAPPER.valueToTree(init))));
        return Address.ofContract(BenchFleet.GROUP, name.value());
    }

    /**
     * Waits for the end of an operation.
     *
     * @throws IOException when it fails, with its sentence
     */
    public static OperationView finish(ControlPlaneClient client, OperationView begun)
            throws IOException {
        var operation = begun;
        while (operation.state() == OperationState.RUNNING) {
            operation = client.operation(operation.id(), operation.version());
        }
        if (operation.state() != OperationState.SUCCEEDED) {
            throw new IOException(
                    "%s of %s failed: %s"
                            .formatted(operation.kind(), operation.subject(), operation.failure()));
        }
        return operation;
    }
}
