package io.xwasm.agent.vm;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The instructions that contracts may use, by number, as the WebAssembly text format names them.
 */
final class OpcodeNames {
    private static final Map<Integer, String> NAMES = new TreeMap<>();

    static {
        from(0x00, "unreachable nop block loop if else");
        from(0x0B, "end br br_if br_table return call call_indirect");
        from(0x1A, "drop select select");
        from(0x20, "local.get local.set local.tee global.get global.set");
        from(0x28, "i32.load i64.load");
        from(0x2C, "i32.load8_s i32.load8_u i32.load16_s i32.load16_u");
        from(0x30, "i64.load8_s i64.load8_u i64.load16_s i64.load16_u i64.load32_s i64.load32_u");
        from(0x36, "i32.store i64.store");
        from(0x3A, "i32.store8 i32.store16 i64.store8 i64.store16 i64.store32");
        from(0x3F, "memory.size memory.grow i32.const i64.const");
        var compared = "eqz eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u";
        from(0x45, "i32", compared);
        from(0x50, "i64", compared);
        var reckoned =
                "clz ctz popcnt add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl"
                        + " rotr";
        from(0x67, "i32", reckoned);
        from(0x79, "i64", reckoned);
        from(0xA7, "i32.wrap_i64");
        from(0xAC, "i64.extend_i32_s i64.extend_i32_u");
        from(0xC0, "i32.extend8_s i32.extend16_s i64.extend8_s i64.extend16_s i64.extend32_s");
        from(Opcodes.MEMORY_COPY, "memory.copy memory.fill");
    }

    private OpcodeNames() {}

    static Map<Integer, String> all() {
        return NAMES;
    }

    private static void from(int first, String names) {
        int opcode = first;
        for (var name : List.of(names.split(" "))) {
            NAMES.put(opcode++, name);
        }
    }

    private static void from(int first, String type, String names) {
        from(first, type + "." + names.replace(" ", " " + type + "."));
    }
}
