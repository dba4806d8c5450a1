package io.xwasm.deploy.cli.project;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.testing.runner.ContractRefused;
import io.xwasm.agent.testing.scenario.ScenarioRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The modules that a scenario names: files beside it, or contracts that are shipped. */
public final class ModuleFiles implements ScenarioRun.Modules {
    private final Path folder;

    /**
     * @param folder of the scenario's file
     */
    public ModuleFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public byte[] module(String code) {
        if (ShippedContracts.names().contains(code)) {
            return ShippedContracts.code(code);
        }
        var file = folder.resolve(code);
        if (!Files.isRegularFile(file)) {
            throw new ContractRefused(
                    "there is no module %s (build it first?), and no contract '%s' is shipped; there are %s"
                            .formatted(file.normalize(), code, ShippedContracts.names()));
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ContractRefused(
                    "the module %s cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    @Override
    public byte[] proxy() {
        return ShippedContracts.code("proxy");
    }
}
