package io.xwasm.agent.vm;

/** The virtual machine over Chicory. */
public final class ChicoryContractVm implements ContractVm {
    @Override
    public CodeDescription install(byte[] wasm) {
        throw new CodeRefused("not yet");
    }

    @Override
    public Outcome call(Invocation invocation, World world) {
        throw new CodeRefused("not yet");
    }

    @Override
    public void close() {}
}
