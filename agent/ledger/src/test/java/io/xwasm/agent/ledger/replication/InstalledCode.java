package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.vm.ChicoryContractVm;
import io.xwasm.agent.vm.CodeDescription;
import io.xwasm.agent.vm.ContractVm;
import io.xwasm.agent.vm.Invocation;
import io.xwasm.agent.vm.Outcome;
import io.xwasm.agent.vm.World;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The real machine, which also tells what was installed in it. */
final class InstalledCode implements ContractVm {
    private final ContractVm vm = new ChicoryContractVm();
    private final Set<CodeHash> installed = ConcurrentHashMap.newKeySet();

    boolean has(byte[] wasm) {
        return installed.contains(CodeHash.ofCode(wasm));
    }

    @Override
    public CodeDescription install(byte[] wasm) {
        var description = vm.install(wasm);
        installed.add(description.hash());
        return description;
    }

    @Override
    public CodeDescription check(byte[] wasm, Duration limit) {
        return vm.check(wasm, limit);
    }

    @Override
    public Outcome call(Invocation invocation, World world) {
        return vm.call(invocation, world);
    }

    @Override
    public long memoryBytes(Address contract) {
        return vm.memoryBytes(contract);
    }

    @Override
    public void close() {
        vm.close();
    }
}
