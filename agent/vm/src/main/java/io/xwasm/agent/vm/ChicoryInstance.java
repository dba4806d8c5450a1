package io.xwasm.agent.vm;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A module with a memory of its own, which runs one call at a time and is clean before each.
 *
 * <p>Cleaning puts back the first bytes and the first globals; the table never changes, because no
 * instruction that contracts may use writes to it.
 */
final class ChicoryInstance implements Guest {
    private static final long[] NO_ARGUMENTS = {};

    private final Machine machine;
    private final ChicoryMemory memory;
    private final GlobalInstance gas;
    private final GlobalInstance stack;
    private final GlobalInstance[] globals;
    private final long[] firstGlobals;
    private final int firstPages;
    private @Nullable Frame frame;
    private boolean used;
    private boolean broken;

    ChicoryInstance(ChicoryCode code) {
        var outline = code.outline();
        var limits = new MemoryLimits(outline.memoryPages(), outline.memoryMaximum());
        var instance =
                Instance.builder(code.module())
                        .withImportValues(new ChicoryHost(this).imports(outline.imports()))
                        .withMachineFactory(code.machine())
                        .withMemoryLimits(limits)
                        .withMemoryFactory(ChicoryMemory::new)
                        .withStart(false)
                        .build();
        machine = instance.getMachine();
        memory = (ChicoryMemory) instance.memory();
        gas = instance.global(code.metered().gasGlobal());
        stack = instance.global(code.metered().stackGlobal());
        globals = new GlobalInstance[outline.globals()];
        firstGlobals = new long[globals.length];
        for (int i = 0; i < globals.length; i++) {
            globals[i] = instance.global(i);
            firstGlobals[i] = globals[i].getValue();
        }
        firstPages = memory.pages();
    }

    /** What the memory holds now, before anything has run. */
    MemoryImage image() {
        return MemoryImage.of(memory.readBytes(0, firstPages * Memory.PAGE_SIZE));
    }

    /** False once the thread's stack ran out, wherever that was. */
    boolean reusable() {
        return !broken;
    }

    Transaction.Ended run(
            CodeEntry entry, Frame entered, long gasLimit, int stackUnits, MemoryImage image) {
        clean(image);
        frame = entered;
        gas.setValue(gasLimit);
        stack.setValue(stackUnits);
        broken = true;
        try {
            machine.call(entry.function(), NO_ARGUMENTS);
            broken = false;
            return new Transaction.Ended(Optional.empty(), entered.output(), gas.getValue());
        } catch (ContractStopped e) {
            // Thrown by a host function, so the memory is whole and can be cleaned.
            broken = false;
            return Transaction.Ended.failed(e.kind(), e.sentence(), Math.max(0, gas.getValue()));
        } catch (ChicoryInterruptedException e) {
            throw new CallInterrupted(e);
        } catch (ChicoryException e) {
            // Thrown by the code itself between two instructions: the memory is whole.
            broken = false;
            return trapped(e);
        } catch (StackOverflowError e) {
            return trapped(e);
        } finally {
            entered.transaction().held(entered.self(), memory.pages());
            frame = null;
        }
    }

    /** The counters tell why the module stopped itself; anything else is its own fault. */
    private Transaction.Ended trapped(Throwable e) {
        long left = gas.getValue();
        if (left < 0) {
            return Transaction.Ended.failed(FailureKind.OUT_OF_GAS, "out of gas", 0);
        }
        if ((int) stack.getValue() < 0 || e instanceof StackOverflowError) {
            return Transaction.Ended.failed(
                    FailureKind.DEPTH_EXCEEDED, "the calls of this call are too deep", left);
        }
        return Transaction.Ended.failed(
                FailureKind.TRAP, "the code trapped: " + e.getMessage(), left);
    }

    private void clean(MemoryImage image) {
        if (!used) {
            used = true;
            return;
        }
        memory.reset(image);
        for (int i = 0; i < globals.length; i++) {
            globals[i].setValue(firstGlobals[i]);
        }
    }

    @Override
    public Frame frame() {
        if (frame == null) {
            throw new IllegalStateException("a host function was called outside a call");
        }
        return frame;
    }

    @Override
    public void charge(long cost) {
        long left = gas.getValue() - cost;
        gas.setValue(left);
        if (left < 0) {
            throw new ContractStopped(FailureKind.OUT_OF_GAS, "out of gas");
        }
    }

    @Override
    public long gasLeft() {
        return gas.getValue();
    }

    @Override
    public void gasLeft(long left) {
        gas.setValue(left);
    }

    @Override
    public int stackUnitsLeft() {
        return (int) stack.getValue();
    }

    @Override
    public byte[] read(int from, int length) {
        requireInside(from, length);
        return memory.readBytes(from, length);
    }

    @Override
    public void write(int to, byte[] bytes, int length) {
        requireInside(to, length);
        memory.write(to, bytes, 0, length);
    }

    @Override
    public long readWord(int from) {
        return memory.readLong(from);
    }

    @Override
    public void writeWord(int to, long word) {
        memory.writeLong(to, word);
    }

    @Override
    public void requireInside(int from, int length) {
        if (from < 0
                || length < 0
                || (long) from + length > (long) memory.pages() * Memory.PAGE_SIZE) {
            throw new ContractStopped(
                    FailureKind.TRAP,
                    "the code trapped: %d bytes at 0x%x are outside its memory"
                            .formatted(length, from));
        }
    }
}
