package io.xwasm.agent.vm;

/**
 * How much a module or a call may have of anything. Every node must have the same limits, or the
 * same call would end differently: they are constants, not settings, and part of ABI.md.
 */
final class VmLimits {
    static final int MODULE_BYTES = 1 << 20;
    static final int TYPES = 1024;
    static final int PARAMETERS = 32;
    static final int RESULTS = 8;
    static final int FUNCTIONS = 4096;
    static final int FUNCTION_BYTES = 64 << 10;
    static final int LOCALS = 512;

    /** Calls, and instructions that end a run, in all functions: they are what compiling takes. */
    static final int TURNS = 1 << 16;

    static final int OPERANDS = 1024;
    static final int NESTING = 256;
    static final int GLOBALS = 256;
    static final int EXPORTS = 1024;
    static final int TABLE_ENTRIES = 4096;

    /** One mebibyte: what stays in a core's own cache, so that a load is never very dear. */
    static final int MEMORY_PAGES = 16;

    static final int ARGUMENT_BYTES = 256 << 10;
    static final int RESULT_BYTES = 256 << 10;
    static final int KEY_BYTES = 512;
    static final int VALUE_BYTES = 128 << 10;
    static final int METHOD_BYTES = 128;
    static final int TOPIC_BYTES = 128;
    static final int EVENT_BYTES = 64 << 10;
    static final int EVENTS = 1024;

    /** Writes to storage and removals in one outermost call, also those that are undone. */
    static final int WRITES = 4096;

    static final int MESSAGE_BYTES = 1024;

    /** Contracts that may be waiting for one another, delegates included. */
    static final int CALL_DEPTH = 8;

    /**
     * What a whole call may use of the thread's stack, in units of 16 bytes: a quarter of the
     * smallest stack the product runs on, because interpreted Java frames are larger than counted.
     */
    static final int STACK_UNITS = 16 << 10;

    /** What the machine itself uses of it between two contracts. */
    static final int STACK_UNITS_PER_CONTRACT = 512;

    /** What every function uses of it besides its variables. */
    static final int STACK_UNITS_PER_FUNCTION = 16;

    /** What finding the function of an indirect call uses besides. */
    static final int STACK_UNITS_PER_INDIRECT_CALL = 16;

    private VmLimits() {}
}
