package io.xwasm.agent.vm;

import java.util.BitSet;

/**
 * Adds up what one straight run of instructions costs.
 *
 * <p>What makes a load dear is that the next one may have to wait for it. Loads through one and the
 * same variable do not wait for each other, and mostly lie side by side: only the first of them is
 * paid for in full, until the variable is set or something may have written to the memory.
 */
final class RunCost {
    private static final int NONE = -1;

    /** Variables that something was loaded through, and that have not changed since. */
    private final BitSet bases = new BitSet();

    /** The variable that was fetched by the instruction before; {@code NONE} for another one. */
    private int fetched = NONE;

    private long gas;

    /** Begins a run that costs this much before its first instruction. */
    RunCost(long gas) {
        this.gas = gas;
    }

    long gas() {
        return gas;
    }

    void add(InstructionReader code) {
        int op = code.opcode();
        gas += isNext(op) ? GasCosts.LOAD_NEXT : GasCosts.of(op);
        if (op == Opcodes.LOCAL_SET || op == Opcodes.LOCAL_TEE) {
            bases.clear(code.index());
        } else if (Opcodes.mayWrite(op)) {
            bases.clear();
        } else if (Opcodes.loads(op) && fetched != NONE) {
            bases.set(fetched);
        }
        fetched = op == Opcodes.LOCAL_GET ? code.index() : NONE;
    }

    private boolean isNext(int op) {
        return Opcodes.loads(op) && fetched != NONE && bases.get(fetched);
    }
}
