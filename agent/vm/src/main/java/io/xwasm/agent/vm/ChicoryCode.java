package io.xwasm.agent.vm;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.abi.ContractInterface;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One module, compiled, with the instances of it that are free. */
final class ChicoryCode {
    /** More than this many at once are made and thrown away; threads are few. */
    private static final int POOLED = 16;

    private final CodeDescription description;
    private final Map<String, CodeEntry> entries;
    private final ModuleOutline outline;
    private final MeteredModule metered;
    private final WasmModule module;
    private final Function<Instance, Machine> machine;
    private final ConcurrentLinkedDeque<ChicoryInstance> free = new ConcurrentLinkedDeque<>();
    private final AtomicInteger freeCount = new AtomicInteger();
    private final MemoryImage image;

    private ChicoryCode(
            CodeDescription description,
            Map<String, CodeEntry> entries,
            ModuleOutline outline,
            MeteredModule metered,
            WasmModule module,
            Function<Instance, Machine> machine) {
        this.description = description;
        this.entries = entries;
        this.outline = outline;
        this.metered = metered;
        this.module = module;
        this.machine = machine;
        // Segments that do not fit their memory are found here, not in somebody's call.
        var first = new ChicoryInstance(this);
        this.image = first.image();
        give(first);
    }

    /**
     * Checks what came in, rewrites it, compiles it, in this order: nothing is rewritten that has
     * not been found valid as it is.
     */
    static ChicoryCode compile(CodeHash hash, byte[] wasm) {
        var outline = OutlineReader.read(wasm);
        var metered = MeteredModule.of(outline);
        parse(wasm);
        ContractInterface contract;
        try {
            contract = ContractInterface.parse(outline.interfaceSection());
        } catch (IllegalArgumentException e) {
            throw new CodeRefused(String.valueOf(e.getMessage()), e);
        }
        var entries = EntryPoints.of(outline, metered, contract);
        var module = parse(metered.bytes());
        var description = new CodeDescription(hash, wasm.length, contract, outline.bodies().size());
        try {
            var machine =
                    MachineFactoryCompiler.builder(module)
                            .withInterpreterFallback(InterpreterFallback.FAIL)
                            .compile();
            return new ChicoryCode(description, entries, outline, metered, module, machine);
        } catch (RuntimeException e) {
            throw new CodeRefused("the module cannot be compiled: " + e.getMessage(), e);
        }
    }

    private static WasmModule parse(byte[] wasm) {
        try {
            return Parser.parse(wasm);
        } catch (RuntimeException | AssertionError e) {
            throw new CodeRefused("the module is not valid: " + e.getMessage(), e);
        }
    }

    CodeDescription description() {
        return description;
    }

    String name() {
        return description.contractInterface().name();
    }

    @Nullable CodeEntry entry(String method) {
        return entries.get(method);
    }

    /** What runs when this method is asked for; the special names never reach a fallback. */
    @Nullable CodeEntry entryOrFallback(String method) {
        var entry = entries.get(method);
        if (method.equals(CodeEntry.FALLBACK)) {
            return null;
        }
        return entry == null && !CodeEntry.isSpecial(method)
                ? entries.get(CodeEntry.FALLBACK)
                : entry;
    }

    Transaction.Ended run(CodeEntry entry, Frame frame, long gas, int stackUnits) {
        var instance = take();
        var ended = instance.run(entry, frame, gas, stackUnits, image);
        if (instance.reusable()) {
            give(instance);
        }
        return ended;
    }

    /** Of memory, when a call begins. */
    int pages() {
        return outline.memoryPages();
    }

    MemoryImage image() {
        return image;
    }

    ModuleOutline outline() {
        return outline;
    }

    MeteredModule metered() {
        return metered;
    }

    WasmModule module() {
        return module;
    }

    Function<Instance, Machine> machine() {
        return machine;
    }

    private ChicoryInstance take() {
        var pooled = free.pollFirst();
        if (pooled == null) {
            return new ChicoryInstance(this);
        }
        freeCount.decrementAndGet();
        return pooled;
    }

    private void give(ChicoryInstance instance) {
        if (freeCount.incrementAndGet() > POOLED) {
            freeCount.decrementAndGet();
            return;
        }
        free.addFirst(instance);
    }
}
