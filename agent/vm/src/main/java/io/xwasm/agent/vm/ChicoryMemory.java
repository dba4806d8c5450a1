package io.xwasm.agent.vm;

import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A memory in one array, which is exactly as long as the memory: Java's own check of an index is
 * the check that WebAssembly demands. Chicory's has an array for each page and looks for it at
 * every access. Growing copies, and is priced accordingly.
 *
 * <p>Contracts have no floating point, no passive segments and no threads; what would serve them is
 * not here.
 */
final class ChicoryMemory implements Memory {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final MemoryLimits limits;
    private byte[] bytes;

    ChicoryMemory(MemoryLimits limits) {
        this.limits = limits;
        this.bytes = new byte[limits.initialPages() * PAGE_SIZE];
    }

    @Override
    public int pages() {
        return bytes.length / PAGE_SIZE;
    }

    @Override
    public int grow(int more) {
        int before = pages();
        if (more < 0 || more > limits.maximumPages() - before) {
            return -1;
        }
        if (more > 0) {
            bytes = Arrays.copyOf(bytes, (before + more) * PAGE_SIZE);
        }
        return before;
    }

    /** As it was at first, and this in it. */
    void reset(MemoryImage image) {
        if (pages() == limits.initialPages()) {
            zero();
        } else {
            bytes = new byte[limits.initialPages() * PAGE_SIZE];
        }
        System.arraycopy(image.bytes(), 0, bytes, image.at(), image.bytes().length);
    }

    @Override
    public int initialPages() {
        return limits.initialPages();
    }

    @Override
    public int maximumPages() {
        return limits.maximumPages();
    }

    @Override
    public boolean shared() {
        return false;
    }

    @Override
    public void initialize(Instance instance, DataSegment[] segments) {
        for (var segment : segments) {
            if (segment instanceof ActiveDataSegment active) {
                int at =
                        (int)
                                ConstantEvaluators.computeConstantValue(
                                        instance, active.offsetInstructions())[0];
                if (at < 0 || (long) at + active.data().length > bytes.length) {
                    throw new UninstantiableException(
                            "%d bytes of data at 0x%x do not fit the memory"
                                    .formatted(active.data().length, at));
                }
                System.arraycopy(active.data(), 0, bytes, at, active.data().length);
            }
        }
    }

    @Override
    public byte read(int at) {
        try {
            return bytes[at];
        } catch (IndexOutOfBoundsException e) {
            throw outside(at, 1);
        }
    }

    @Override
    public short readShort(int at) {
        try {
            return (short) SHORTS.get(bytes, at);
        } catch (IndexOutOfBoundsException e) {
            throw outside(at, Short.BYTES);
        }
    }

    @Override
    public int readInt(int at) {
        try {
            return (int) INTS.get(bytes, at);
        } catch (IndexOutOfBoundsException e) {
            throw outside(at, Integer.BYTES);
        }
    }

    @Override
    public long readLong(int at) {
        try {
            return (long) LONGS.get(bytes, at);
        } catch (IndexOutOfBoundsException e) {
            throw outside(at, Long.BYTES);
        }
    }

    @Override
    public long readU16(int at) {
        return readShort(at) & 0xFFFFL;
    }

    @Override
    public void writeByte(int at, byte value) {
        try {
            bytes[at] = value;
        } catch (IndexOutOfBoundsException e) {
            throw outside(at, 1);
        }
    }

    @Override
    public void writeShort(int at, short value) {
        try {
            SHORTS.set(bytes, at, value);
        } catch (IndexOutOfBoundsException e) {
            throw outside(at, Short.BYTES);
        }
    }

    @Override
    public void writeI32(int at, int value) {
        try {
            INTS.set(bytes, at, value);
        } catch (IndexOutOfBoundsException e) {
            throw outside(at, Integer.BYTES);
        }
    }

    @Override
    public void writeLong(int at, long value) {
        try {
            LONGS.set(bytes, at, value);
        } catch (IndexOutOfBoundsException e) {
            throw outside(at, Long.BYTES);
        }
    }

    @Override
    public byte[] readBytes(int at, int length) {
        requireInside(at, length);
        return Arrays.copyOfRange(bytes, at, at + length);
    }

    @Override
    public void write(int at, byte[] source, int from, int length) {
        requireInside(at, length);
        System.arraycopy(source, from, bytes, at, length);
    }

    @Override
    public void zero() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public void fill(byte value, int from, int to) {
        requireInside(from, to - from);
        Arrays.fill(bytes, from, to, value);
    }

    @Override
    public void copy(int to, int from, int length) {
        requireInside(to, length);
        requireInside(from, length);
        System.arraycopy(bytes, from, bytes, to, length);
    }

    private void requireInside(int at, int length) {
        if (at < 0 || length < 0 || (long) at + length > bytes.length) {
            throw outside(at, length);
        }
    }

    private WasmRuntimeException outside(int at, int length) {
        return new WasmRuntimeException(
                "out of bounds memory access: %d bytes at 0x%x, of %d"
                        .formatted(length, at, bytes.length));
    }

    private static UnsupportedOperationException notForContracts() {
        return new UnsupportedOperationException("contracts cannot ask for this");
    }

    @Override
    public void initPassiveSegment(int segment, int to, int from, int length) {
        throw notForContracts();
    }

    @Override
    public void drop(int segment) {
        throw notForContracts();
    }

    @Override
    public void writeF32(int at, float value) {
        throw notForContracts();
    }

    @Override
    public long readF32(int at) {
        throw notForContracts();
    }

    @Override
    public float readFloat(int at) {
        throw notForContracts();
    }

    @Override
    public void writeF64(int at, double value) {
        throw notForContracts();
    }

    @Override
    public double readDouble(int at) {
        throw notForContracts();
    }

    @Override
    public long readF64(int at) {
        throw notForContracts();
    }

    @Override
    @SuppressWarnings("removal")
    public Object lock(int at) {
        throw notForContracts();
    }

    @Override
    @SuppressWarnings("removal")
    public int waitOn(int at, int expected, long timeout) {
        throw notForContracts();
    }

    @Override
    @SuppressWarnings("removal")
    public int waitOn(int at, long expected, long timeout) {
        throw notForContracts();
    }

    @Override
    @SuppressWarnings("removal")
    public int notify(int at, int threads) {
        throw notForContracts();
    }
}
