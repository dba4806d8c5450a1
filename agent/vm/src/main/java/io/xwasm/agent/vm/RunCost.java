package io.xwasm.agent.vm;

import java.util.BitSet;

/**
 * Adds up what one straight run of instructions costs.
 *
 * <p>What makes a load dear is that it may have to wait for another one. In full are paid for the
 * first of a run, the first after something may have written to the memory, and each whose address
 * was made from something loaded in the run. Loads through one and the same variable mostly lie
 * side by side, so that the next ones cost next to nothing, until the variable is set or something
 * may have written.
 */
final class RunCost {
    private static final int NONE = -1;

    /** Variables that something was loaded through, and that have not changed since. */
    private final BitSet bases = new BitSet();

    private final LoadedOperands operands = new LoadedOperands();

    /** Whether a load would be the first. */
    private boolean first = true;

    /** The variable that was fetched by the instruction before; {@code NONE} for another one. */
    private int fetched = NONE;

    /** Whether variables are cheap in this function. */
    private final boolean inRegisters;

    private long gas;

    /** Numbers and cheap variables so far. */
    private long named;

    /**
     * Begins a run that costs this much before its first instruction.
     *
     * @param variables of the function, parameters included
     */
    RunCost(long gas, int variables) {
        this.gas = gas;
        this.inRegisters = variables <= GasCosts.VARIABLES_IN_REGISTERS;
    }

    long gas() {
        return gas + Math.ceilDiv(named, GasCosts.NAMED_PER_UNIT);
    }

    void add(InstructionReader code) {
        int op = code.opcode();
        if (Opcodes.isConstant(op) || (inRegisters && Opcodes.isVariable(op))) {
            named++;
        } else {
            gas += Opcodes.loads(op) ? loading(op) : GasCosts.of(op);
        }
        if (op == Opcodes.LOCAL_SET || op == Opcodes.LOCAL_TEE) {
            bases.clear(code.index());
        } else if (Opcodes.mayWrite(op)) {
            bases.clear();
            first = true;
        } else if (Opcodes.loads(op)) {
            first = false;
            if (fetched != NONE) {
                bases.set(fetched);
            }
        }
        fetched = op == Opcodes.LOCAL_GET ? code.index() : NONE;
        operands.follow(code);
    }

    private int loading(int op) {
        if (fetched != NONE && bases.get(fetched)) {
            return GasCosts.LOAD_NEXT;
        }
        return first || operands.topIsLoaded() ? GasCosts.of(op) : GasCosts.LOAD_APART;
    }
}
