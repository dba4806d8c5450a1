package io.xwasm.agent.testing.scenario;

import io.xwasm.agent.contracts.ShippedContracts;

/** The modules that lie in the tree. */
final class ShippedModules implements ScenarioRun.Modules {
    @Override
    public byte[] module(String code) {
        return ShippedContracts.code(code);
    }

    @Override
    public byte[] proxy() {
        return ShippedContracts.code("proxy");
    }
}
