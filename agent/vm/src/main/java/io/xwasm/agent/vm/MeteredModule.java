package io.xwasm.agent.vm;

import java.util.ArrayList;
import java.util.List;

/**
 * A module rewritten so that it counts: its gas, block by block, and how much of the thread's stack
 * its calls use.
 *
 * <p>Both counters are globals that are appended last, so that no index in the module changes, and
 * the module itself cannot reach them: it was validated before they existed. When a counter falls
 * below zero the module stops itself with {@code unreachable}.
 *
 * @param gasGlobal index of the gas that is left, an i64
 * @param stackGlobal index of the stack units that are left, an i32
 * @param entryUnits of each defined function, when it is the one that a call begins with
 */
record MeteredModule(byte[] bytes, int gasGlobal, int stackGlobal, List<Integer> entryUnits) {
    private static final int HEADER = 8;
    private static final int MUTABLE = 1;

    static MeteredModule of(ModuleOutline module) {
        var shapes = new ArrayList<FunctionShape>();
        for (int i = 0; i < module.bodies().size(); i++) {
            shapes.add(FunctionShape.read(module, i));
        }
        int turns = shapes.stream().mapToInt(FunctionShape::turns).sum();
        if (turns > VmLimits.TURNS) {
            throw new CodeRefused(
                    "the module has %d calls and ends of runs, the limit is %d"
                            .formatted(turns, VmLimits.TURNS));
        }
        int gas = module.globals();
        int stack = gas + 1;
        var out = new ModuleWriter().raw(module.bytes(), 0, HEADER);
        boolean counters = false;
        for (var section : module.sections()) {
            if (section.id() == ModuleOutline.CUSTOM) {
                continue;
            }
            if (!counters && section.id() >= ModuleOutline.GLOBAL) {
                counters = true;
                writeGlobals(module, out);
            }
            switch (section.id()) {
                case ModuleOutline.GLOBAL -> {}
                case ModuleOutline.CODE -> writeCode(module, shapes, gas, stack, out);
                default -> {
                    var span = section.span();
                    out.octet(section.id()).number(span.to() - span.from());
                    out.raw(module.bytes(), span.from(), span.to());
                }
            }
        }
        return new MeteredModule(
                out.toBytes(), gas, stack, shapes.stream().map(FunctionShape::stackUnits).toList());
    }

    private static void writeGlobals(ModuleOutline module, ModuleWriter out) {
        var content = new ModuleWriter().number(module.globals() + 2);
        for (var section : module.sections()) {
            if (section.id() == ModuleOutline.GLOBAL) {
                var in =
                        new ModuleReader(
                                module.bytes(), section.span().from(), section.span().to());
                in.number();
                content.raw(module.bytes(), in.at(), section.span().to());
            }
        }
        content.octet(Opcodes.TYPE_I64).octet(MUTABLE);
        content.constant(Opcodes.I64_CONST, 0).octet(Opcodes.END);
        content.octet(Opcodes.TYPE_I32).octet(MUTABLE);
        content.constant(Opcodes.I32_CONST, 0).octet(Opcodes.END);
        out.section(ModuleOutline.GLOBAL, content);
    }

    private static void writeCode(
            ModuleOutline module,
            List<FunctionShape> shapes,
            int gas,
            int stack,
            ModuleWriter out) {
        var content = new ModuleWriter().number(shapes.size());
        var metering = new FunctionMetering(module, shapes, gas, stack);
        for (int i = 0; i < shapes.size(); i++) {
            content.block(metering.rewrite(i));
        }
        out.section(ModuleOutline.CODE, content);
    }
}
