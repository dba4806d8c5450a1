package io.xwasm.controlplane.contracts;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Json;
import io.xwasm.controlplane.account.FleetCalls;
import io.xwasm.controlplane.api.DeployContract;
import io.xwasm.controlplane.api.FundAccount;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.RollbackContract;
import io.xwasm.controlplane.api.UpgradeContract;
import io.xwasm.controlplane.groups.Groups;
import io.xwasm.controlplane.identity.Actor;
import io.xwasm.controlplane.metadata.Database;
import io.xwasm.controlplane.operations.Operations;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Opens the feature to tests of other packages. */
public final class ContractEngine {
    private final CodeCatalogue code;
    private final ContractHistory history;
    private final Contracts contracts;
    private final ChainReconciliation reconciliation;

    public ContractEngine(
            Database database,
            Groups groups,
            Operations operations,
            FleetCalls calls,
            Address owner,
            InstantSource clock) {
        this.code = new CodeCatalogue(database, clock);
        this.history = new ContractHistory(database);
        this.contracts = new Contracts(code, history, groups, operations, calls, owner);
        this.reconciliation = new ChainReconciliation(calls, code, history, clock);
    }

    public CodeHash upload(byte[] wasm) {
        return code.upload(wasm, "test").hash();
    }

    /** A repeated request may find that its first try has done it. */
    public OperationView deploy(ContractName name, GroupId group, CodeHash hash, Actor by) {
        var init = Json.MAPPER.valueToTree(Map.of("owner", Address.SYSTEM.toString()));
        return contracts.deploy(new DeployContract(name, group, hash, init), by);
    }

    public OperationView upgrade(ContractName name, CodeHash hash, Actor by) {
        return contracts.upgrade(name, new UpgradeContract(hash, null), by);
    }

    public OperationView rollback(ContractName name, Actor by) {
        return contracts.rollback(name, new RollbackContract(null), by);
    }

    public OperationView fund(GroupId group, Address whom, BigInteger amount, Actor by) {
        return contracts.fund(group, new FundAccount(whom, amount), by);
    }

    public ChainReconciliation reconciliation() {
        return reconciliation;
    }

    public boolean listed(ContractName name) {
        return history.find(name).isPresent()
                && history.all().stream().anyMatch(place -> place.name().equals(name));
    }

    /** Kinds and versions, oldest first. */
    public List<String> history(ContractName name) {
        return history.entries(name, Long.MAX_VALUE, 100).reversed().stream()
                .map(e -> e.kind() + " " + e.version())
                .toList();
    }

    public boolean knows(ContractName name, long version) {
        return history.version(name, version).isPresent();
    }

    public CodeHash running(ContractName name) {
        return history.running(name).code();
    }

    public int historyLength(ContractName name) {
        return history.entries(name, Long.MAX_VALUE, 100).size();
    }
}
