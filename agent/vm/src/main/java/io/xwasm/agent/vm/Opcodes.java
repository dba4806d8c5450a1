package io.xwasm.agent.vm;

import org.jspecify.annotations.Nullable;

/** The instructions of WebAssembly that the rules and the metering must tell apart. */
final class Opcodes {
    static final int UNREACHABLE = 0x00;
    static final int NOP = 0x01;
    static final int BLOCK = 0x02;
    static final int LOOP = 0x03;
    static final int IF = 0x04;
    static final int ELSE = 0x05;
    static final int END = 0x0B;
    static final int BR = 0x0C;
    static final int BR_IF = 0x0D;
    static final int BR_TABLE = 0x0E;
    static final int RETURN = 0x0F;
    static final int CALL = 0x10;
    static final int CALL_INDIRECT = 0x11;
    static final int DROP = 0x1A;
    static final int SELECT = 0x1B;
    static final int SELECT_TYPED = 0x1C;
    static final int LOCAL_GET = 0x20;
    static final int LOCAL_SET = 0x21;
    static final int LOCAL_TEE = 0x22;
    static final int GLOBAL_GET = 0x23;
    static final int GLOBAL_SET = 0x24;
    static final int FIRST_LOAD = 0x28;
    static final int FIRST_STORE = 0x36;
    static final int LAST_STORE = 0x3E;
    static final int MEMORY_SIZE = 0x3F;
    static final int MEMORY_GROW = 0x40;
    static final int I32_CONST = 0x41;
    static final int I64_CONST = 0x42;
    static final int I32_EQZ = 0x45;
    static final int I32_NE = 0x47;
    static final int I32_LT_S = 0x48;
    static final int I64_EQZ = 0x50;
    static final int I64_LT_S = 0x53;
    static final int I32_ADD = 0x6A;
    static final int I32_SUB = 0x6B;
    static final int I32_MUL = 0x6C;
    static final int I64_ADD = 0x7C;
    static final int I64_SUB = 0x7D;
    static final int I64_MUL = 0x7E;
    static final int I64_SHR_U = 0x88;
    static final int I64_EXTEND_I32_U = 0xAD;

    /** The prefix, followed by a second number. */
    static final int PREFIX_FC = 0xFC;

    static final int MEMORY_COPY = 0xFC0A;
    static final int MEMORY_FILL = 0xFC0B;

    static final int TYPE_I32 = 0x7F;
    static final int TYPE_I64 = 0x7E;
    static final int NO_TYPE = 0x40;

    private static final int LAST_SATURATING_TRUNCATION = 7;

    private Opcodes() {}

    /** Why this instruction is refused, or null when it is not. */
    static @Nullable String refusal(int op) {
        if (isFloat(op)) {
            return "is a floating-point instruction, whose results differ between machines";
        }
        return switch (op) {
            case 0x06, 0x07, 0x08, 0x09, 0x0A, 0x18, 0x19, 0x1F ->
                    "belongs to exception handling, which contracts may not use";
            case 0x12, 0x13, 0x14, 0x15 ->
                    "is a tail call or a call by reference, which contracts may not use";
            case 0x25, 0x26, 0xD0, 0xD1, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6 ->
                    "belongs to reference types, which contracts may not use";
            case 0xFB -> "belongs to garbage collection, whose objects escape the memory limit";
            case 0xFD -> "is a SIMD instruction, which contracts may not use";
            case 0xFE -> "belongs to threads, which contracts may not use";
            default -> isKnown(op) ? null : "is not an instruction that contracts may use";
        };
    }

    static boolean isFloat(int op) {
        return op == 0x2A
                || op == 0x2B
                || op == 0x38
                || op == 0x39
                || op == 0x43
                || op == 0x44
                || (op >= 0x5B && op <= 0x66)
                || (op >= 0x8B && op <= 0xA6)
                || (op >= 0xA8 && op <= 0xAB)
                || (op >= 0xAE && op <= 0xBF)
                || (op >= 0xFC00 && op <= 0xFC00 + LAST_SATURATING_TRUNCATION);
    }

    private static boolean isKnown(int op) {
        return op <= ELSE
                || (op >= END && op <= CALL_INDIRECT)
                || (op >= DROP && op <= SELECT_TYPED)
                || (op >= LOCAL_GET && op <= GLOBAL_SET)
                || (op >= FIRST_LOAD && op <= 0xC4)
                || op == MEMORY_COPY
                || op == MEMORY_FILL;
    }

    static boolean isConstant(int op) {
        return op == I32_CONST || op == I64_CONST;
    }

    static boolean isVariable(int op) {
        return op >= LOCAL_GET && op <= LOCAL_TEE;
    }

    static boolean touchesMemory(int op) {
        return op >= FIRST_LOAD && op <= LAST_STORE;
    }

    static boolean loads(int op) {
        return op >= FIRST_LOAD && op < FIRST_STORE;
    }

    /** Behind these the memory may hold something else. */
    static boolean mayWrite(int op) {
        return (op >= FIRST_STORE && op <= LAST_STORE)
                || op == CALL
                || op == CALL_INDIRECT
                || op == MEMORY_GROW
                || op == MEMORY_COPY
                || op == MEMORY_FILL;
    }

    static boolean multiplies(int op) {
        return op == I32_MUL || op == I64_MUL;
    }

    static boolean divides(int op) {
        return (op >= 0x6D && op <= 0x70) || (op >= 0x7F && op <= 0x82);
    }

    /** Behind these a block more is open. */
    static boolean opens(int op) {
        return op >= BLOCK && op <= IF;
    }

    /** Where the code may stop, or somebody else comes in. */
    static boolean mayTrapOrCall(int op) {
        return op == UNREACHABLE || loads(op) || mayWrite(op) || divides(op);
    }

    /** Takes one operand and gives one. */
    static boolean isUnary(int op) {
        return op == I32_EQZ
                || op == I64_EQZ
                || (op >= 0x67 && op <= 0x69)
                || (op >= 0x79 && op <= 0x7B)
                || op >= 0xA7;
    }

    /**
     * By how much the height of the operand stack changes; not for calls and what shapes the code.
     */
    static int change(int op) {
        return switch (op) {
            case NOP, LOCAL_TEE, MEMORY_GROW -> 0;
            case DROP, LOCAL_SET, GLOBAL_SET -> -1;
            case SELECT, SELECT_TYPED -> -2;
            case MEMORY_COPY, MEMORY_FILL -> -3;
            case LOCAL_GET, GLOBAL_GET, MEMORY_SIZE, I32_CONST, I64_CONST -> 1;
            default -> {
                if (touchesMemory(op)) {
                    yield op < FIRST_STORE ? 0 : -2;
                }
                yield isUnary(op) ? 0 : -1;
            }
        };
    }

    /** How many operands it leaves; not for calls and what shapes the code. */
    static int gives(int op) {
        return switch (op) {
            case NOP, DROP, LOCAL_SET, GLOBAL_SET, MEMORY_COPY, MEMORY_FILL -> 0;
            default -> op >= FIRST_STORE && op <= LAST_STORE ? 0 : 1;
        };
    }

    /** After these the code goes on somewhere else, or somebody else may come in. */
    static boolean endsBlock(int op) {
        return op == UNREACHABLE || (op >= LOOP && op <= ELSE) || (op >= END && op <= RETURN);
    }

    /** What the metering has to add to, and the compiler to reckon with. */
    static boolean turns(int op) {
        return endsBlock(op) || op == CALL || op == CALL_INDIRECT;
    }

    /** For people: {@code 0x43}, {@code 0xfc 0x0a}. */
    static String shown(int op) {
        return op > 0xFF
                ? "0x%02x 0x%02x".formatted(op >> Byte.SIZE, op & 0xFF)
                : "0x%02x".formatted(op);
    }
}
