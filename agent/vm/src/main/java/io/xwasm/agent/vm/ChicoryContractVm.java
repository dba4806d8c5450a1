package io.xwasm.agent.vm;

import io.xwasm.agent.protocol.Address;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs contracts on Chicory, compiled to Java byte code; the interpreter is never used.
 *
 * <p>The project continues under another name, so nothing but the classes that are called Chicory
 * knows it.
 */
public final class ChicoryContractVm implements ContractVm {
    private final ChicoryCodes codes = new ChicoryCodes();
    private final MemoryPeaks memory = new MemoryPeaks();

    /** One at a time: whoever uploads much waits for himself. */
    private final ExecutorService checking =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("contract-check-", 0).factory());

    @Override
    public CodeDescription install(byte[] wasm) {
        return codes.install(wasm);
    }

    @Override
    public CodeDescription check(byte[] wasm, Duration limit) {
        var copy = wasm.clone();
        var check = checking.submit(() -> codes.install(copy));
        try {
            return check.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            check.cancel(true);
            throw new CodeRefused(
                    "checking and compiling %d bytes took longer than %d ms: make the module smaller, or try again when the node is less busy"
                            .formatted(wasm.length, limit.toMillis()),
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CodeRefused refused) {
                throw new CodeRefused(String.valueOf(refused.getMessage()), refused);
            }
            throw new IllegalStateException("checking a module", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallInterrupted(e);
        }
    }

    @Override
    public Outcome call(Invocation invocation, World world) {
        return new Transaction(invocation, world, codes, memory).run();
    }

    @Override
    public long memoryBytes(Address contract) {
        return memory.bytes(contract);
    }

    @Override
    public void close() {
        checking.shutdownNow();
        codes.clear();
        memory.clear();
    }
}
