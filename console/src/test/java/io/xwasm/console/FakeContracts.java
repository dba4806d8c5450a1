package io.xwasm.console;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.controlplane.api.Arg;
import io.xwasm.controlplane.api.Change;
import io.xwasm.controlplane.api.ChangePreview;
import io.xwasm.controlplane.api.Check;
import io.xwasm.controlplane.api.CodeView;
import io.xwasm.controlplane.api.ContractVersionView;
import io.xwasm.controlplane.api.ContractView;
import io.xwasm.controlplane.api.DeployContract;
import io.xwasm.controlplane.api.Health;
import io.xwasm.controlplane.api.MethodView;
import io.xwasm.controlplane.api.OperationView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Contracts, their history, and the code that was uploaded. */
final class FakeContracts {
    final Map<ContractName, ContractView> all = new TreeMap<>();
    final List<CodeView> code = new CopyOnWriteArrayList<>();
    private final FakeOperations operations;

    FakeContracts(FakeOperations operations) {
        this.operations = operations;
        code.add(code("dex", "1.4.1", 2));
        code.add(code("dex", "1.4.2", 2));
        code.add(code("dex", "1.5.0", 3));
        code.add(code("token", "1.0.0", 1));
        contract("dex", "1.4.2", Health.OK, 1284, 0.0006);
        contract("token", "1.0.0", Health.OK, 402, 0);
        contract("lending", "3.2.0", Health.WARN, 61, 0.031);
    }

    private void contract(String name, String label, Health health, double rate, double errors) {
        all.put(
                new ContractName(name),
                new ContractView(
                        new ContractName(name),
                        new GroupId("main"),
                        Address.ofContract(new GroupId("main"), name),
                        4,
                        label,
                        CodeHash.of(FakeFleet.hash(name + label).bytes()),
                        2,
                        186_368,
                        health,
                        health == Health.OK
                                ? "no errors above the threshold"
                                : "3.1 % of calls fail",
                        "operator-1",
                        FakeFleet.ago(5_000_000),
                        FakeFleet.ago(1_900),
                        rate,
                        errors,
                        412_000,
                        8.1,
                        3_145_728,
                        List.of(
                                method("swap", rate * 0.4, 0.0004, 412_000, 8.1),
                                method("add_liquidity", rate * 0.05, 0.0002, 655_000, 9.6),
                                method("remove_liquidity", rate * 0.03, 0.031, 588_000, 9.2),
                                method("quote", rate * 0.52, 0, 38_000, 0.6))));
    }

    private static MethodView method(
            String name, double rate, double errors, double gas, double p95) {
        return new MethodView(
                name,
                List.of(new Arg("pair", "string"), new Arg("amount", "u128")),
                "u128",
                false,
                name.equals("quote"),
                rate,
                errors,
                gas,
                p95 * 0.42,
                p95,
                p95 * 1.63);
    }

    List<ContractVersionView> history(ContractView contract) {
        var labels = List.of("1.2.4", "1.3.0", "1.4.0", "1.4.2");
        var kinds = List.of("deploy", "upgrade", "upgrade", "upgrade");
        List<ContractVersionView> history = new ArrayList<>();
        for (int i = 3; i >= 0; i--) {
            boolean running = i == 3;
            history.add(
                    new ContractVersionView(
                            i + 1,
                            i + 1,
                            kinds.get(i),
                            running
                                    ? contract.code()
                                    : CodeHash.of(FakeFleet.hash(labels.get(i)).bytes()),
                            i == 0 ? null : CodeHash.of(FakeFleet.hash(labels.get(i - 1)).bytes()),
                            running ? contract.label() : labels.get(i),
                            i % 2 == 0 ? "operator-2" : "operator-1",
                            FakeFleet.ago(1_900 + (3 - i) * 700_000L),
                            FakeFleet.hash("call" + i),
                            8_000_000 + 100_000L * i,
                            null,
                            running));
        }
        return history;
    }

    private static CodeView code(String name, String label, int schema) {
        return new CodeView(
                CodeHash.of(FakeFleet.hash(name + label).bytes()),
                name,
                label,
                schema,
                186_368,
                List.of(),
                true,
                "operator-1",
                FakeFleet.ago(720));
    }

    CodeView upload(byte[] wasm) {
        if (wasm.length < 8) {
            throw new FakeControlPlane.Refusal(
                    422,
                    "bad-wasm",
                    "Not a contract",
                    "The file has %d bytes and is no WebAssembly module".formatted(wasm.length));
        }
        var uploaded = code("dex", "1.6.0", 3);
        if (!code.contains(uploaded)) {
            code.add(uploaded);
        }
        return uploaded;
    }

    ChangePreview preview(ContractView contract, CodeHash to, String kind) {
        boolean up = kind.equals("upgrade");
        return new ChangePreview(
                contract.name(),
                kind,
                contract.version(),
                up ? contract.version() + 1 : contract.version() - 1,
                contract.code(),
                to,
                contract.label(),
                up
                        ? code.stream()
                                .filter(c -> c.hash().equals(to))
                                .findFirst()
                                .map(CodeView::label)
                                .orElse("1.5.0")
                        : "1.4.1",
                up ? "compatible_with_migration" : "compatible",
                up
                        ? "State schema 2 → 3 has a reverse migration: rolling back keeps later writes."
                        : "State schema stays 2: everything written since is kept.",
                up
                        ? List.of(
                                new Change(
                                        "added", "swap_exact_out(pair: string, out: u128) → u128"),
                                new Change("added", "fee_tier(pair: string) → u16"),
                                new Change(
                                        "changed",
                                        "quote(pair: string, in: u128, hops: u8) → u128"))
                        : List.of(new Change("removed", "fee_tier(pair: string) → u16")),
                up ? 2 : 3,
                up ? 3 : 2,
                true,
                List.of(
                        new Check(Health.OK, "Code is valid and metered", "182 KiB"),
                        new Check(Health.OK, "All 3 members are in sync", "needs 2"),
                        new Check(Health.WARN, "Newest verified backup", "26 h old")),
                "3 nodes of main, 1,686 calls/s. Callers see no gap: every replica switches at the same block.");
    }

    OperationView upgrade(String name, CodeHash to) {
        var old = all.get(new ContractName(name));
        var label =
                code.stream().filter(c -> c.hash().equals(to)).findFirst().orElseThrow().label();
        var operation =
                operations.start(
                        "upgrade", name, List.of("Check", "Distribute code", "Cut over", "Watch"));
        contract(name, label, old.health(), old.callsPerSecond(), old.errorRatio());
        return operation;
    }

    OperationView deploy(DeployContract deploy) {
        contract(deploy.name().value(), "1.0.0", Health.OK, 0, 0);
        return operations.start(
                "deploy",
                deploy.name().value(),
                List.of("Distribute code", "Deploy proxy", "Initialise"));
    }
}
