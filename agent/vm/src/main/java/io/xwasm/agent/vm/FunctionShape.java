package io.xwasm.agent.vm;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What one function needs, found by walking through it once; every instruction is checked on the
 * way.
 *
 * @param codeFrom where its instructions begin, behind the variables
 * @param parameters how many
 * @param locals how many, parameters included
 * @param leaf whether it calls nothing that is defined in the module, so cannot recurse
 * @param stackUnits of the thread's stack, as {@link VmLimits#STACK_UNITS} counts them
 * @param turns calls and instructions that end a run, as {@link VmLimits#TURNS} counts them
 */
record FunctionShape(
        int codeFrom, int parameters, int locals, boolean leaf, int stackUnits, int turns) {
    /** What {@code read} knows of a block that has been entered. */
    private record Open(int floor, int parameters, int results, boolean awaitsElse) {}

    static FunctionShape read(ModuleOutline module, int defined) {
        int function = module.imports().size() + defined;
        var body = module.bodies().get(defined);
        var in = new ModuleReader(module.bytes(), body.from(), body.to());
        var signature = module.signatureOf(function);
        try {
            int locals = signature.parameters().length() + declared(in);
            if (locals > VmLimits.LOCALS) {
                throw in.refused(
                        "%d variables, the limit is %d".formatted(locals, VmLimits.LOCALS));
            }
            int codeFrom = in.at();
            var walk = new Walk(new InstructionReader(module, in), module.imports().size());
            walk.run(signature.results().length());
            int units = VmLimits.STACK_UNITS_PER_FUNCTION + locals + walk.highest;
            return new FunctionShape(
                    codeFrom,
                    signature.parameters().length(),
                    locals,
                    walk.leaf,
                    units,
                    walk.turns);
        } catch (CodeRefused e) {
            throw new CodeRefused(module.shown(function) + " " + e.getMessage(), e);
        }
    }

    private static int declared(ModuleReader in) {
        int groups = in.count(VmLimits.LOCALS, "groups of variables");
        int declared = 0;
        for (int i = 0; i < groups; i++) {
            declared += in.count(VmLimits.LOCALS, "variables");
            OutlineReader.valueType(in);
        }
        return declared;
    }

    /**
     * Follows the height of the operand stack. Types are not looked at, the validation proper does
     * that; where code cannot be reached the height is a guess that only errs on the high side.
     */
    private static final class Walk {
        private final InstructionReader code;
        private final int importedFunctions;
        private final Deque<Open> open = new ArrayDeque<>();
        private int height;
        private int highest;
        private int turns;
        private boolean leaf = true;

        Walk(InstructionReader code, int importedFunctions) {
            this.code = code;
            this.importedFunctions = importedFunctions;
        }

        void run(int results) {
            open.push(new Open(0, 0, results, false));
            while (code.next()) {
                if (open.isEmpty()) {
                    throw refused("there is code behind the last end");
                }
                step(code.opcode());
                turns += Opcodes.turns(code.opcode()) ? 1 : 0;
                highest = Math.max(highest, height);
                if (highest > VmLimits.OPERANDS) {
                    throw refused("more than %d operands".formatted(VmLimits.OPERANDS));
                }
            }
            if (!open.isEmpty()) {
                throw refused("a block is not closed");
            }
        }

        private void step(int op) {
            switch (op) {
                case Opcodes.BLOCK, Opcodes.LOOP -> enter(false);
                case Opcodes.IF -> {
                    height--;
                    enter(true);
                }
                case Opcodes.ELSE -> otherwise();
                case Opcodes.END -> {
                    var block = open.pop();
                    height = block.floor() + block.results();
                }
                case Opcodes.BR, Opcodes.BR_TABLE -> {
                    requireTarget();
                    height = open.getFirst().floor();
                }
                case Opcodes.BR_IF -> {
                    requireTarget();
                    height--;
                }
                case Opcodes.UNREACHABLE, Opcodes.RETURN -> height = open.getFirst().floor();
                case Opcodes.CALL -> {
                    leaf &= code.index() < importedFunctions;
                    call();
                }
                case Opcodes.CALL_INDIRECT -> {
                    leaf = false;
                    height--;
                    call();
                }
                default -> height += Opcodes.change(op);
            }
            if (!open.isEmpty()) {
                height = Math.max(height, open.getFirst().floor());
            }
        }

        private void enter(boolean awaitsElse) {
            if (open.size() > VmLimits.NESTING) {
                throw refused("blocks are nested more than %d deep".formatted(VmLimits.NESTING));
            }
            int floor = Math.max(0, height - code.parameters().length());
            open.push(
                    new Open(
                            floor,
                            code.parameters().length(),
                            code.results().length(),
                            awaitsElse));
        }

        private void otherwise() {
            var block = open.pop();
            if (!block.awaitsElse()) {
                throw refused("an else without its if");
            }
            height = block.floor() + block.parameters();
            open.push(new Open(block.floor(), block.parameters(), block.results(), false));
        }

        /** The validation proper takes it for granted that a branch has somewhere to go. */
        private void requireTarget() {
            if (code.index() >= open.size()) {
                throw refused(
                        "a branch leaves %d blocks, there are %d"
                                .formatted(code.index() + 1L, open.size()));
            }
        }

        private void call() {
            height += code.results().length() - code.parameters().length();
        }

        private CodeRefused refused(String why) {
            return new CodeRefused("at offset 0x%x: %s".formatted(code.from(), why));
        }
    }
}
