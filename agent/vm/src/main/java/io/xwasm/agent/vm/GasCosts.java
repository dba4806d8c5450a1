package io.xwasm.agent.vm;

/**
 * What everything costs. Part of the binary interface (ABI.md): receipts hold the gas, and replicas
 * compare them.
 *
 * <p>One unit is at most a quarter of a nanosecond on the machines we measure on, once the code is
 * compiled, and rarely less than a fortieth of one. What reaches the state is priced by what it
 * costs a ledger with its root and its store, on all threads together.
 */
final class GasCosts {
    /** Entering a contract, whoever calls it: an instance is taken, cleaned and given back. */
    static final long CONTRACT_CALL = 5_000;

    /** For each page of memory it begins with, all of which is zeroed. */
    static final long PER_ENTERED_PAGE = 3_000;

    static final long PER_ARGUMENT_BYTE = 1;

    static final long HOST_CALL = 80;
    static final long PER_HOST_BYTE = 1;
    static final long STORAGE_READ = 30_000;
    static final long PER_READ_BYTE = 10;
    static final long STORAGE_WRITE = 80_000;

    /** It looks whether there is anything. */
    static final long STORAGE_REMOVAL = STORAGE_READ + STORAGE_WRITE;

    static final long PER_WRITTEN_BYTE = 60;
    static final long EVENT = 5_000;
    static final long PER_EVENT_BYTE = 64;
    static final long MOVE_VALUE = 60_000;
    static final long SHA256 = 500;
    static final long PER_HASHED_BYTE = 4;
    static final long LOOK_UP = 1_000;

    /** Growing allocates the whole memory anew and copies it, so this is for each page of all. */
    static final int PER_GROWN_PAGE = 20_000;

    /** memory.copy and memory.fill: one unit for this many bytes, as a shift. */
    static final int BULK_SHIFT = 2;

    static final int VARIABLES_PER_UNIT = 8;

    /** Numbers and variables are named, not computed: so many of them in a run cost one unit. */
    static final int NAMED_PER_UNIT = 4;

    /** With more variables than this, some are no longer in the processor but in memory. */
    static final int VARIABLES_IN_REGISTERS = 16;

    private static final int CALL = 32;
    private static final int CALL_INDIRECT = 128;

    /** A load may have to wait for the one before, and that one may miss the nearest caches. */
    private static final int LOAD = 48;

    /** What does not have to wait for another load; {@link RunCost} says which these are. */
    static final int LOAD_APART = 20;

    /** What mostly lies beside the load before. */
    static final int LOAD_NEXT = 1;

    private static final int STORE = 3;
    private static final int DIVISION = 8;
    private static final int MULTIPLICATION = 2;

    /** A branch may be mispredicted, and behind it a new run of instructions is paid for. */
    private static final int BRANCH = 10;

    /** It always goes the same way. */
    private static final int JUMP = 3;

    /** It goes wherever the data says. */
    private static final int BRANCH_TABLE = 20;

    private static final int BULK = 8;
    private static final int GROW = 10;

    private GasCosts() {}

    /** One instruction; those that only shape the code are free. */
    static int of(int opcode) {
        return switch (opcode) {
            case Opcodes.BLOCK, Opcodes.LOOP, Opcodes.ELSE, Opcodes.END, Opcodes.NOP -> 0;
            case Opcodes.BR -> JUMP;
            case Opcodes.IF, Opcodes.BR_IF -> BRANCH;
            case Opcodes.BR_TABLE -> BRANCH_TABLE;
            case Opcodes.CALL -> CALL;
            case Opcodes.CALL_INDIRECT -> CALL_INDIRECT;
            case Opcodes.MEMORY_GROW -> GROW;
            case Opcodes.MEMORY_COPY, Opcodes.MEMORY_FILL -> BULK;
            default -> {
                if (Opcodes.touchesMemory(opcode)) {
                    yield opcode < Opcodes.FIRST_STORE ? LOAD : STORE;
                }
                if (Opcodes.multiplies(opcode)) {
                    yield MULTIPLICATION;
                }
                yield Opcodes.divides(opcode) ? DIVISION : 1;
            }
        };
    }

    /** Entering a function: its variables are zeroed, this many for one unit. */
    static int ofEntering(int locals) {
        return 2 + locals / VARIABLES_PER_UNIT;
    }
}
