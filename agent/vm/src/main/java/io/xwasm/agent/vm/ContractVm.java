package io.xwasm.agent.vm;

import io.xwasm.agent.protocol.Address;
import java.time.Duration;

/**
 * Runs contracts. Safe to use from several threads at once, each with a {@link World} of its own:
 * queries run beside the executor.
 */
public interface ContractVm extends AutoCloseable {
    /**
     * Checks, meters and compiles a module and remembers it by its hash; a module that is known
     * already costs nothing.
     *
     * @throws CodeRefused when the module may not run here; the message names function and offset
     */
    CodeDescription install(byte[] wasm);

    /**
     * The same before a block, for whoever uploads: on a thread of its own, and only so long. A
     * module that passes is installed, so that the block which deploys it need not wait.
     *
     * <p>Time differs between nodes, so what executes blocks uses {@link #install}, whose limits
     * are of size alone.
     *
     * @throws CodeRefused also when it takes longer than that
     */
    CodeDescription check(byte[] wasm, Duration limit);

    /**
     * Runs one call to its end. Never throws for what a contract does: that returns {@link
     * Outcome.Failed}, and the world is rewound to where it was. Code that is not installed yet is
     * taken from {@link World#code}. What the world throws passes through, and leaves the world as
     * it then is.
     */
    Outcome call(Invocation invocation, World world);

    /**
     * The largest memory, in bytes, that an instance of this contract had at the end of a call,
     * since this machine began; 0 before the first.
     */
    long memoryBytes(Address contract);

    @Override
    void close();
}
