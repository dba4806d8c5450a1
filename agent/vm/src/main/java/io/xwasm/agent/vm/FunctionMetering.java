package io.xwasm.agent.vm;

import java.util.List;

/**
 * Rewrites one function after the other so that each straight run of instructions is paid for
 * before it begins, and each call that could recurse is counted.
 *
 * <p>The gas that is left is held in a variable of each function. It is written to the global at
 * the begin of each run in which somebody may look there: one that can trap, call, or leave the
 * function. So a trap anywhere finds the global exact, and a loop that only computes touches no
 * memory. After a call the variable is read from the global again.
 */
final class FunctionMetering {
    private final ModuleOutline module;
    private final List<FunctionShape> shapes;
    private final int gas;
    private final int stack;

    /** An indirect call is counted as if it called the most demanding function. */
    private final int mostUnits;

    FunctionMetering(ModuleOutline module, List<FunctionShape> shapes, int gas, int stack) {
        this.module = module;
        this.shapes = shapes;
        this.gas = gas;
        this.stack = stack;
        this.mostUnits =
                VmLimits.STACK_UNITS_PER_INDIRECT_CALL
                        + shapes.stream().mapToInt(FunctionShape::stackUnits).max().orElse(0);
    }

    ModuleWriter rewrite(int defined) {
        var shape = shapes.get(defined);
        var body = module.bodies().get(defined);
        var out = new ModuleWriter();
        int gasLeft = shape.locals();
        int scratch = gasLeft + 1;
        writeVariables(body, shape, out);

        readGas(gasLeft, out);
        var run = new ModuleWriter();
        var cost = new RunCost(GasCosts.ofEntering(shape.locals()), shape.locals());
        var code =
                new InstructionReader(
                        module, new ModuleReader(module.bytes(), shape.codeFrom(), body.to()));
        boolean seen = false;
        int open = 1;
        while (code.next()) {
            int op = code.opcode();
            cost.add(code);
            open += Opcodes.opens(op) ? 1 : op == Opcodes.END ? -1 : 0;
            seen |= Opcodes.mayTrapOrCall(op) || leaves(code, open);
            switch (op) {
                case Opcodes.CALL -> {
                    writeCall(code, scratch, run);
                    readGas(gasLeft, run);
                }
                case Opcodes.CALL_INDIRECT -> {
                    writeCounted(code, mostUnits, scratch, run);
                    readGas(gasLeft, run);
                }
                case Opcodes.MEMORY_GROW, Opcodes.MEMORY_COPY, Opcodes.MEMORY_FILL -> {
                    writeChargeBySize(op, gasLeft, scratch, run);
                    copy(code, run);
                }
                default -> copy(code, run);
            }
            if (Opcodes.endsBlock(op)) {
                flush(cost.gas(), seen, run, gasLeft, out);
                seen = false;
                run = new ModuleWriter();
                cost = new RunCost(0, shape.locals());
            }
        }
        return out;
    }

    /** Whether the code may go on in whoever called; so many blocks are open behind it. */
    private static boolean leaves(InstructionReader code, int open) {
        return switch (code.opcode()) {
            case Opcodes.RETURN -> true;
            case Opcodes.END -> open == 0;
            case Opcodes.BR, Opcodes.BR_IF, Opcodes.BR_TABLE -> code.index() == open - 1;
            default -> false;
        };
    }

    /** Those it has, and behind them one i64 and one i32 of ours. */
    private void writeVariables(ModuleOutline.Span body, FunctionShape shape, ModuleWriter out) {
        var in = new ModuleReader(module.bytes(), body.from(), body.to());
        int groups = in.number();
        out.number(groups + 2).raw(module.bytes(), in.at(), shape.codeFrom());
        out.number(1).octet(Opcodes.TYPE_I64);
        out.number(1).octet(Opcodes.TYPE_I32);
    }

    private void flush(long cost, boolean seen, ModuleWriter run, int gasLeft, ModuleWriter out) {
        if (cost > 0) {
            out.octet(Opcodes.LOCAL_GET, gasLeft);
            out.constant(Opcodes.I64_CONST, cost).octet(Opcodes.I64_SUB);
            if (seen) {
                writeStopIfSpent(gasLeft, out);
            } else {
                writeStopIfSpentUnseen(gasLeft, out);
            }
        } else if (seen) {
            out.octet(Opcodes.LOCAL_GET, gasLeft).octet(Opcodes.GLOBAL_SET, gas);
        }
        var bytes = run.toBytes();
        out.raw(bytes, 0, bytes.length);
    }

    private void readGas(int gasLeft, ModuleWriter out) {
        out.octet(Opcodes.GLOBAL_GET, gas).octet(Opcodes.LOCAL_SET, gasLeft);
    }

    /** Stores what is on the operand stack as the gas that is left, and stops below zero. */
    private void writeStopIfSpent(int gasLeft, ModuleWriter out) {
        out.octet(Opcodes.LOCAL_TEE, gasLeft).octet(Opcodes.GLOBAL_SET, gas);
        out.octet(Opcodes.LOCAL_GET, gasLeft).constant(Opcodes.I64_CONST, 0);
        out.octet(Opcodes.I64_LT_S);
        writeStop(out);
    }

    /** The same, but the global learns of it only when it is why the code stops. */
    private void writeStopIfSpentUnseen(int gasLeft, ModuleWriter out) {
        out.octet(Opcodes.LOCAL_TEE, gasLeft).constant(Opcodes.I64_CONST, 0);
        out.octet(Opcodes.I64_LT_S).octet(Opcodes.IF).octet(Opcodes.NO_TYPE);
        out.octet(Opcodes.LOCAL_GET, gasLeft).octet(Opcodes.GLOBAL_SET, gas);
        out.octet(Opcodes.UNREACHABLE).octet(Opcodes.END);
    }

    private static void writeStop(ModuleWriter out) {
        out.octet(Opcodes.IF).octet(Opcodes.NO_TYPE);
        out.octet(Opcodes.UNREACHABLE).octet(Opcodes.END);
    }

    /** The size is the operand on top; it is an i32, so the product cannot overflow an i64. */
    private void writeChargeBySize(int op, int gasLeft, int scratch, ModuleWriter out) {
        out.octet(Opcodes.LOCAL_TEE, scratch);
        out.octet(Opcodes.LOCAL_GET, gasLeft);
        out.octet(Opcodes.LOCAL_GET, scratch).octet(Opcodes.I64_EXTEND_I32_U);
        if (op == Opcodes.MEMORY_GROW) {
            // All pages there will be, or none when none is asked for.
            out.octet(Opcodes.MEMORY_SIZE, 0).octet(Opcodes.I64_EXTEND_I32_U);
            out.octet(Opcodes.I64_ADD);
            out.octet(Opcodes.LOCAL_GET, scratch).constant(Opcodes.I32_CONST, 0);
            out.octet(Opcodes.I32_NE).octet(Opcodes.I64_EXTEND_I32_U).octet(Opcodes.I64_MUL);
            out.constant(Opcodes.I64_CONST, GasCosts.PER_GROWN_PAGE).octet(Opcodes.I64_MUL);
        } else {
            out.constant(Opcodes.I64_CONST, GasCosts.BULK_SHIFT).octet(Opcodes.I64_SHR_U);
        }
        out.octet(Opcodes.I64_SUB);
        writeStopIfSpent(gasLeft, out);
    }

    /** What the machine offers counts for itself; what calls nothing cannot recurse. */
    private void writeCall(InstructionReader code, int scratch, ModuleWriter out) {
        int defined = code.index() - module.imports().size();
        if (defined < 0 || shapes.get(defined).leaf()) {
            copy(code, out);
            return;
        }
        writeCounted(code, shapes.get(defined).stackUnits(), scratch, out);
    }

    private void writeCounted(InstructionReader code, int units, int scratch, ModuleWriter out) {
        out.octet(Opcodes.GLOBAL_GET, stack);
        out.constant(Opcodes.I32_CONST, units).octet(Opcodes.I32_SUB);
        out.octet(Opcodes.LOCAL_TEE, scratch).octet(Opcodes.GLOBAL_SET, stack);
        out.octet(Opcodes.LOCAL_GET, scratch).constant(Opcodes.I32_CONST, 0);
        out.octet(Opcodes.I32_LT_S);
        writeStop(out);
        copy(code, out);
        out.octet(Opcodes.GLOBAL_GET, stack);
        out.constant(Opcodes.I32_CONST, units).octet(Opcodes.I32_ADD);
        out.octet(Opcodes.GLOBAL_SET, stack);
    }

    private void copy(InstructionReader code, ModuleWriter out) {
        out.raw(module.bytes(), code.from(), code.to());
    }
}
