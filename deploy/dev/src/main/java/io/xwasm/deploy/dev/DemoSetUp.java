package io.xwasm.deploy.dev;

import io.xwasm.controlplane.api.ControlPlaneClient;
import io.xwasm.deploy.cli.Keystore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;

/** Makes the default account and deploys the demo contracts, which it owns. */
final class DemoSetUp implements DevRun.SetUp {
    @Override
    public void run(DevFolder folder, DevPorts ports, CountDownLatch stopped)
            throws InterruptedException {
        var owner = new Keystore(folder.keys()).require(Keystore.DEFAULT);
        try (var client =
                new ControlPlaneClient(DevPorts.address(ports.controlPlane()), token(folder))) {
            new DemoContracts(client, owner.address(), stopped).deploy();
        }
    }

    static String token(DevFolder folder) {
        try {
            return Files.readString(folder.apiToken()).strip();
        } catch (IOException e) {
            throw new CannotStart("the control plane left no token in " + folder.apiToken(), e);
        }
    }
}
