package io.xwasm.agent.vm;

/**
 * Runs contracts on Chicory, compiled to Java byte code; the interpreter is never used.
 *
 * <p>The project continues under another name, so nothing but the classes that are called Chicory
 * knows it.
 */
public final class ChicoryContractVm implements ContractVm {
    private final ChicoryCodes codes = new ChicoryCodes();

    @Override
    public CodeDescription install(byte[] wasm) {
        return codes.install(wasm);
    }

    @Override
    public Outcome call(Invocation invocation, World world) {
        return new Transaction(invocation, world, codes).run();
    }

    @Override
    public void close() {
        codes.clear();
    }
}
