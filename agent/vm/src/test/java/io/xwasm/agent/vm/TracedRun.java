package io.xwasm.agent.vm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.ValType;
import io.xwasm.agent.protocol.Hash;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One call of one contract, with everything that it asked of the machine written down, so that
 * another engine can be given the same answers.
 */
final class TracedRun implements Guest {
    /** Bytes that were read or written, in hex. */
    record Bytes(int at, String hex) {}

    /** One call of a host function. */
    record HostCall(
            HostImport function,
            String args,
            long gasBefore,
            List<Bytes> reads,
            List<Bytes> writes,
            long[] end,
            boolean stopped) {
        long gasAfter() {
            return end[0];
        }

        long result() {
            return end[1];
        }
    }

    private final Memory memory;
    private final GlobalInstance gas;
    private final GlobalInstance stack;
    private final Instance instance;
    private final Frame frame;
    private final List<HostCall> calls = new ArrayList<>();
    private List<Bytes> reads = new ArrayList<>();
    private List<Bytes> writes = new ArrayList<>();
    private @Nullable FailureKind stopped;

    TracedRun(ModuleOutline outline, MeteredModule metered, Frame frame, boolean compiled) {
        this.frame = frame;
        var module = Parser.parse(metered.bytes());
        var builder =
                Instance.builder(module)
                        .withImportValues(imports(outline.imports()))
                        .withMemoryLimits(
                                new MemoryLimits(outline.memoryPages(), outline.memoryMaximum()))
                        .withMemoryFactory(memoryLimits ->
                                compiled
                                        ? new ChicoryMemory(memoryLimits)
                                        : new ByteArrayMemory(memoryLimits))
                        .withStart(false);
        if (compiled) {
            builder.withMachineFactory(MachineFactoryCompiler.builder(module).compile());
        }
        instance = builder.build();
        memory = instance.memory();
        gas = instance.global(metered.gasGlobal());
        stack = instance.global(metered.stackGlobal());
    }

    List<HostCall> calls() {
        return calls;
    }

    /** How it ended, as {@code v8.js} says it. */
    String run(int function, long gasLimit, int stackUnits) {
        gas.setValue(gasLimit);
        stack.setValue(stackUnits);
        var how = "returned";
        try {
            instance.getMachine().call(function, new long[] {});
        } catch (ContractStopped e) {
            stopped = e.kind();
            how = "stopped";
        } catch (ChicoryException e) {
            how = trap(String.valueOf(e.getMessage()));
        }
        if (gas.getValue() < 0) {
            how = "out of gas";
        } else if ((int) stack.getValue() < 0) {
            how = "too deep";
        }
        var bytes = memory.readBytes(0, memory.pages() * Memory.PAGE_SIZE);
        return "%s gas %d memory %s".formatted(how, gas.getValue(), Hash.sha256(bytes));
    }

    private static String trap(String message) {
        if (message.contains("unreachable")) {
            return "unreachable";
        }
        if (message.contains("by zero")) {
            return "division by zero";
        }
        if (message.contains("integer overflow")) {
            return "overflow";
        }
        if (message.contains("out of bounds memory")) {
            return "memory";
        }
        return message.matches(
                        ".*(undefined|uninitialized) element.*|.*indirect"
                                + " call.*|.*table.*|.*function.*")
                ? "indirect call"
                : message;
    }

    /** What a host function stopped it with; null when none did. */
    @Nullable FailureKind stopped() {
        return stopped;
    }

    private ImportValues imports(List<HostImport> wanted) {
        var functions = new HostFunctions(this);
        var bound = new ArrayList<ImportFunction>();
        for (var function : wanted.stream().distinct().toList()) {
            var type = FunctionType.of(types(function.parameters()), types(function.results()));
            bound.add(
                    new HostFunction(
                            HostImport.MODULE,
                            function.importName(),
                            type,
                            (_, args) -> recorded(functions, function, args)));
        }
        return ImportValues.builder().withFunctions(bound).build();
    }

    private long[] recorded(HostFunctions functions, HostImport function, long[] args) {
        reads = new ArrayList<>();
        writes = new ArrayList<>();
        long before = gasLeft();
        var end = new long[2];
        boolean failed = true;
        try {
            end[1] = functions.call(function, args);
            failed = false;
            return function.results().isEmpty() ? new long[] {} : new long[] {end[1]};
        } finally {
            end[0] = gasLeft();
            calls.add(
                    new HostCall(
                            function, shown(function, args), before, reads, writes, end, failed));
        }
    }

    private static String shown(HostImport function, long[] args) {
        return IntStream.range(0, args.length)
                .mapToObj(i ->
                        function.parameters().charAt(i) == 'i'
                                ? Integer.toString((int) args[i])
                                : Long.toString(args[i]))
                .collect(Collectors.joining(","));
    }

    private static List<ValType> types(String letters) {
        return letters.chars().mapToObj(c -> c == 'i' ? ValType.I32 : ValType.I64).toList();
    }

    @Override
    public Frame frame() {
        return frame;
    }

    @Override
    public void charge(long cost) {
        gas.setValue(gas.getValue() - cost);
        if (gas.getValue() < 0) {
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
        var bytes = memory.readBytes(from, length);
        reads.add(new Bytes(from, HexFormat.of().formatHex(bytes)));
        return bytes;
    }

    @Override
    public void write(int to, byte[] bytes, int length) {
        requireInside(to, length);
        memory.write(to, bytes, 0, length);
        writes.add(new Bytes(to, HexFormat.of().formatHex(bytes, 0, length)));
    }

    @Override
    public long readWord(int from) {
        var bytes = read(from, Long.BYTES);
        return java.nio.ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong();
    }

    @Override
    public void writeWord(int to, long word) {
        var bytes =
                java.nio.ByteBuffer.allocate(Long.BYTES)
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                        .putLong(word)
                        .array();
        write(to, bytes, bytes.length);
    }

    @Override
    public void requireInside(int from, int length) {
        if (from < 0
                || length < 0
                || (long) from + length > (long) memory.pages() * Memory.PAGE_SIZE) {
            throw new ContractStopped(FailureKind.TRAP, "outside the memory");
        }
    }

    /** The same bytes with both counters exported, as {@code __gas} and {@code __stack}. */
    static byte[] exposed(MeteredModule metered) {
        var bytes = metered.bytes();
        var in = new ModuleReader(bytes);
        in.skip(8);
        var out = new ModuleWriter().raw(bytes, 0, 8);
        while (in.hasMore()) {
            int id = in.octet();
            int length = in.number();
            int from = in.at();
            in.skip(length);
            var content = new ModuleWriter();
            if (id == ModuleOutline.EXPORT) {
                var old = new ModuleReader(bytes, from, from + length);
                content.number(old.number() + 2).raw(bytes, old.at(), from + length);
                content.block(new ModuleWriter().raw("__gas".getBytes(UTF_8), 0, 5)).octet(3);
                content.number(metered.gasGlobal());
                content.block(new ModuleWriter().raw("__stack".getBytes(UTF_8), 0, 7)).octet(3);
                content.number(metered.stackGlobal());
            } else {
                content.raw(bytes, from, from + length);
            }
            out.section(id, content);
        }
        return out.toBytes();
    }
}
