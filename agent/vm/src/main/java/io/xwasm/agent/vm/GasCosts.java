package io.xwasm.agent.vm;

/**
 * What everything costs. Part of the binary interface (ABI.md): receipts hold the gas, and replicas
 * compare them.
 *
 * <p>One unit is about half a nanosecond of compiled code on the machines we measure on. What
 * reaches the ledger's storage is priced by what it costs when nothing is cached.
 */
final class GasCosts {
    /** Entering a contract, whoever calls it: an instance is taken, cleaned and given back. */
    static final long CONTRACT_CALL = 3_000;

    /** For each page of memory it begins with, all of which is zeroed. */
    static final long PER_ENTERED_PAGE = 3_000;

    static final long PER_ARGUMENT_BYTE = 1;

    static final long HOST_CALL = 60;
    static final long PER_HOST_BYTE = 1;
    static final long STORAGE_READ = 2_000;
    static final long PER_READ_BYTE = 1;
    static final long STORAGE_WRITE = 5_000;
    static final long PER_WRITTEN_BYTE = 10;
    static final long EVENT = 600;
    static final long PER_EVENT_BYTE = 4;
    static final long MOVE_VALUE = 5_000;
    static final long SHA256 = 300;
    static final long PER_HASHED_BYTE = 4;
    static final long LOOK_UP = 1_000;

    static final int PER_MEMORY_PAGE = 60_000;

    /** memory.copy and memory.fill: one unit for this many bytes, as a shift. */
    static final int BULK_SHIFT = 3;

    private static final int CALL = 10;
    private static final int CALL_INDIRECT = 32;

    /** A load may miss the nearest caches, and has no way to tell beforehand. */
    private static final int LOAD = 8;

    private static final int STORE = 3;
    private static final int DIVISION = 8;

    /** A branch may be mispredicted, and behind it a new run of instructions is paid for. */
    private static final int BRANCH = 8;

    private static final int BULK = 12;
    private static final int GROW = 100;

    private GasCosts() {}

    /** One instruction; those that only shape the code are free. */
    static int of(int opcode) {
        return switch (opcode) {
            case Opcodes.BLOCK, Opcodes.LOOP, Opcodes.ELSE, Opcodes.END, Opcodes.NOP -> 0;
            case Opcodes.IF, Opcodes.BR, Opcodes.BR_IF, Opcodes.BR_TABLE -> BRANCH;
            case Opcodes.CALL -> CALL;
            case Opcodes.CALL_INDIRECT -> CALL_INDIRECT;
            case Opcodes.MEMORY_GROW -> GROW;
            case Opcodes.MEMORY_COPY, Opcodes.MEMORY_FILL -> BULK;
            default -> {
                if (Opcodes.touchesMemory(opcode)) {
                    yield opcode < Opcodes.FIRST_STORE ? LOAD : STORE;
                }
                yield Opcodes.divides(opcode) ? DIVISION : 1;
            }
        };
    }

    /** Entering a function: its variables are zeroed. */
    static int ofEntering(int locals) {
        return 2 + locals;
    }
}
