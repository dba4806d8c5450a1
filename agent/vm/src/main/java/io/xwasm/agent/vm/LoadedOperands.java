package io.xwasm.agent.vm;

import java.util.BitSet;

/**
 * Which operands and variables were made from something that was loaded in the same run. What was
 * there before the run counts as at hand.
 */
final class LoadedOperands {
    private final BitSet variables = new BitSet();
    private final BitSet operands = new BitSet();

    /** Operands that were pushed in this run and are still there. */
    private int height;

    /** Whether what the next instruction takes first was made from something loaded. */
    boolean topIsLoaded() {
        return height > 0 && operands.get(height - 1);
    }

    void follow(InstructionReader code) {
        int op = code.opcode();
        switch (op) {
            case Opcodes.LOCAL_GET -> push(variables.get(code.index()));
            case Opcodes.LOCAL_SET -> variables.set(code.index(), pop());
            case Opcodes.LOCAL_TEE -> {
                variables.set(code.index(), pop());
                push(variables.get(code.index()));
            }
            case Opcodes.BLOCK -> {}
            case Opcodes.CALL -> call(code, 0);
            case Opcodes.CALL_INDIRECT -> call(code, 1);
            default -> compute(op);
        }
    }

    /** What is called pays for its own loads. */
    private void call(InstructionReader code, int targets) {
        for (int i = 0; i < targets + code.parameters().length(); i++) {
            pop();
        }
        for (int i = 0; i < code.results().length(); i++) {
            push(false);
        }
    }

    private void compute(int op) {
        int gives = Opcodes.gives(op);
        boolean loaded = Opcodes.loads(op);
        for (int taken = gives - Opcodes.change(op); taken > 0; taken--) {
            loaded |= pop();
        }
        if (gives == 1) {
            push(loaded);
        }
    }

    private void push(boolean loaded) {
        operands.set(height++, loaded);
    }

    private boolean pop() {
        return height > 0 && operands.get(--height);
    }
}
