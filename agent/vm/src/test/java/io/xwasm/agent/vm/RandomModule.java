package io.xwasm.agent.vm;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A valid contract that does nothing sensible with everything there is: both types, memory, table,
 * calls, loops, branches, bulk memory, host functions. The same seed gives the same bytes.
 */
final class RandomModule {
    private record Function(String parameters, String results) {}

    /** Never chosen for anything but counting a loop. */
    private static final int COUNTERS = 4;

    private static final int[] I32_BINARY = IntStream.rangeClosed(0x6A, 0x78).toArray();
    private static final int[] I64_BINARY = IntStream.rangeClosed(0x7C, 0x8A).toArray();
    private static final int[] I32_COMPARE = IntStream.rangeClosed(0x46, 0x4F).toArray();
    private static final int[] I64_COMPARE = IntStream.rangeClosed(0x51, 0x5A).toArray();
    private static final int[] I32_UNARY = {0x67, 0x68, 0x69, 0xC0, 0xC1, 0x45};
    private static final int[] I64_UNARY = {0x79, 0x7A, 0x7B, 0xC2, 0xC3, 0xC4};
    private static final int[] I32_LOADS = {0x28, 0x2C, 0x2D, 0x2E, 0x2F};
    private static final int[] I64_LOADS = {0x29, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35};
    private static final int[] I32_STORES = {0x36, 0x3A, 0x3B};
    private static final int[] I64_STORES = {0x37, 0x3C, 0x3D, 0x3E};

    private final Random random;
    private final GuestModule module = new GuestModule();
    private final List<Function> functions = new ArrayList<>();
    private final int imported;
    private final int emit;
    private final int ret;
    private final int set;
    private final int get;
    private final int gasLeft;
    private String variables = "";
    private int counters;

    /** Which of the open labels a branch may leave, innermost last; those that give nothing. */
    private final List<Boolean> labels = new ArrayList<>();

    private RandomModule(long seed) {
        random = new Random(seed);
        emit = module.imports(HostImport.EMIT);
        ret = module.imports(HostImport.RET);
        set = module.imports(HostImport.STORAGE_SET);
        get = module.imports(HostImport.STORAGE_GET);
        gasLeft = module.imports(HostImport.GAS_LEFT);
        imported = gasLeft + 1;
    }

    /** A contract with the method {@code x}. */
    static byte[] of(long seed) {
        return new RandomModule(seed).build();
    }

    private byte[] build() {
        // V8 knows nothing of the machine's own limit.
        module.memory(1, random.nextBoolean() ? VmLimits.MEMORY_PAGES : 2);
        module.global('i', random.nextInt());
        module.global('I', random.nextLong());
        var content = new byte[64];
        random.nextBytes(content);
        module.data(random.nextInt(60_000), content);
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            functions.add(new Function(letters(random.nextInt(4)), letters(random.nextInt(3))));
        }
        module.table(8);
        module.element(
                random.nextInt(3),
                IntStream.range(0, 5).mapToObj(_ -> imported + random.nextInt(count)).toList());
        for (var function : functions) {
            module.function(function.parameters(), function.results(), body(function));
        }
        var method = body(new Function("", ""));
        for (int i = 0; i < 2; i++) {
            method.i32(8 * i).with(Opcodes.GLOBAL_GET, i).with(i == 0 ? 0x36 : 0x37, 0, 0);
        }
        return module.method("x", method.call(ret, 0, 64)).build();
    }

    private String letters(int count) {
        var letters = new StringBuilder();
        for (int i = 0; i < count; i++) {
            letters.append(random.nextBoolean() ? 'i' : 'I');
        }
        return letters.toString();
    }

    private GuestCode body(Function function) {
        var own = letters(1 + random.nextInt(4)) + "iI";
        variables = function.parameters() + own;
        counters = 0;
        labels.clear();
        labels.add(false);
        var code = new GuestCode().variables(own + "i".repeat(COUNTERS));
        statements(code, 3, 3 + random.nextInt(6));
        for (char letter : function.results().toCharArray()) {
            value(code, letter, 3);
        }
        return code;
    }

    private void statements(GuestCode code, int fuel, int count) {
        for (int i = 0; i < count; i++) {
            statement(code, fuel);
        }
    }

    private void statement(GuestCode code, int fuel) {
        switch (fuel == 0 ? random.nextInt(5) : random.nextInt(18)) {
            case 0, 1 -> {
                int variable = random.nextInt(variables.length());
                value(code, variables.charAt(variable), fuel);
                code.set(variable);
            }
            case 2 -> {
                int global = random.nextInt(2);
                value(code, global == 0 ? 'i' : 'I', fuel);
                code.with(Opcodes.GLOBAL_SET, global);
            }
            case 3, 4 -> {
                boolean wide = random.nextBoolean();
                int store = pick(wide ? I64_STORES : I32_STORES);
                address(code, fuel);
                if (store >= 0x3A) {
                    // DifferentialTest says what Chicory's interpreter does beyond.
                    code.i32(Integer.MAX_VALUE).op(0x71);
                }
                value(code, wide ? 'I' : 'i', fuel);
                code.with(store, 0, random.nextInt(200));
            }
            case 5, 6 -> loop(code, fuel);
            case 7, 8 -> {
                value(code, 'i', fuel - 1);
                code.open(Opcodes.IF);
                inside(true, () -> statements(code, fuel - 1, 1 + random.nextInt(3)));
                if (random.nextBoolean()) {
                    code.op(Opcodes.ELSE);
                    inside(true, () -> statements(code, fuel - 1, 1 + random.nextInt(3)));
                }
                code.end();
            }
            case 9, 10 -> {
                code.open(Opcodes.BLOCK);
                inside(true, () -> statements(code, fuel - 1, 1 + random.nextInt(4)));
                code.end();
            }
            case 11 -> leave(code, fuel);
            case 12 -> {
                value(code, random.nextBoolean() ? 'i' : 'I', fuel);
                code.drop();
            }
            case 13 -> callAny(code, fuel);
            case 14 -> bulk(code, fuel);
            case 15 -> {
                int at = random.nextInt(60_000);
                int length = random.nextInt(40);
                code.call(random.nextBoolean() ? emit : set, at, length, at + 100, length);
            }
            case 16 -> {
                code.call(get, random.nextInt(65_600), 3, random.nextInt(65_000), 20).drop();
            }
            default -> {
                if (random.nextInt(12) == 0) {
                    code.op(Opcodes.UNREACHABLE);
                } else {
                    code.op(Opcodes.NOP);
                }
            }
        }
    }

    private void inside(boolean mayLeave, Runnable content) {
        labels.add(mayLeave);
        content.run();
        labels.removeLast();
    }

    private void loop(GuestCode code, int fuel) {
        if (counters == COUNTERS) {
            code.op(Opcodes.NOP);
            return;
        }
        int counter = variables.length() + counters++;
        code.i32(1 + random.nextInt(12)).set(counter).open(Opcodes.LOOP);
        // A branch to a loop would begin it again: allowed, and ended by the gas.
        inside(
                random.nextInt(20) == 0,
                () -> {
                    statements(code, fuel - 1, 1 + random.nextInt(4));
                    code.get(counter).i32(1).op(Opcodes.I32_SUB);
                    code.with(Opcodes.LOCAL_TEE, counter).with(Opcodes.BR_IF, 0);
                });
        code.end();
        counters--;
    }

    private void leave(GuestCode code, int fuel) {
        var targets =
                IntStream.range(0, labels.size())
                        .filter(labels::get)
                        .map(i -> labels.size() - 1 - i)
                        .toArray();
        if (targets.length == 0) {
            code.op(Opcodes.NOP);
            return;
        }
        switch (random.nextInt(3)) {
            case 0 -> {
                value(code, 'i', fuel);
                code.with(Opcodes.BR_IF, pick(targets));
            }
            case 1 -> code.with(Opcodes.BR, pick(targets));
            default -> {
                value(code, 'i', fuel);
                code.with(Opcodes.BR_TABLE, 2, pick(targets), pick(targets), pick(targets));
            }
        }
    }

    private void callAny(GuestCode code, int fuel) {
        int index = random.nextInt(functions.size());
        var function = functions.get(index);
        for (char letter : function.parameters().toCharArray()) {
            value(code, letter, fuel - 1);
        }
        if (random.nextInt(3) == 0) {
            value(code, 'i', 0);
            code.i32(7).op(0x71);
            int type = module.type(function.parameters(), function.results());
            code.with(Opcodes.CALL_INDIRECT, type, 0);
        } else {
            code.call(imported + index);
        }
        for (int i = function.results().length() - 1; i >= 0; i--) {
            int letter = function.results().charAt(i);
            code.set(variables.indexOf(letter));
        }
    }

    private void bulk(GuestCode code, int fuel) {
        address(code, fuel - 1);
        if (random.nextBoolean()) {
            address(code, fuel - 1);
            code.i32(random.nextInt(3000)).with(Opcodes.MEMORY_COPY, 0, 0);
        } else {
            value(code, 'i', fuel - 1);
            code.i32(random.nextInt(3000)).with(Opcodes.MEMORY_FILL, 0);
        }
    }

    /** Mostly inside the memory. */
    private void address(GuestCode code, int fuel) {
        value(code, 'i', fuel - 1);
        if (random.nextInt(60) > 0) {
            code.i32(0xF000 + random.nextInt(0xE00)).op(0x71);
        }
    }

    private void value(GuestCode code, char letter, int fuel) {
        boolean wide = letter == 'I';
        switch (fuel <= 0 ? random.nextInt(4) : random.nextInt(16)) {
            case 0 -> {
                if (wide) {
                    code.i64(edge());
                } else {
                    code.i32((int) edge());
                }
            }
            case 1, 2 -> {
                var all =
                        IntStream.range(0, variables.length())
                                .filter(i -> variables.charAt(i) == letter);
                code.get(pick(all.toArray()));
            }
            case 3 -> code.with(Opcodes.GLOBAL_GET, wide ? 1 : 0);
            case 4, 5, 6 -> {
                int op = pick(wide ? I64_BINARY : I32_BINARY);
                value(code, letter, fuel - 1);
                value(code, letter, fuel - 1);
                if (Opcodes.divides(op) && random.nextInt(8) > 0) {
                    oddly(code, wide);
                }
                code.op(op);
                if (op == 0x6C) {
                    // DifferentialTest says what Chicory's interpreter makes of more bits.
                    code.op(Opcodes.I64_EXTEND_I32_U, 0xA7);
                }
            }
            case 7 -> {
                value(code, letter, fuel - 1);
                code.op(pick(wide ? I64_UNARY : I32_UNARY));
            }
            case 8, 9 -> {
                address(code, fuel);
                code.with(pick(wide ? I64_LOADS : I32_LOADS), 0, random.nextInt(200));
            }
            case 10 -> {
                value(code, letter, fuel - 1);
                value(code, letter, fuel - 1);
                value(code, 'i', fuel - 1);
                code.op(Opcodes.SELECT);
            }
            case 11 -> {
                value(code, 'i', fuel - 1);
                code.op(Opcodes.IF, wide ? Opcodes.TYPE_I64 : Opcodes.TYPE_I32);
                inside(false, () -> value(code, letter, fuel - 1));
                code.op(Opcodes.ELSE);
                inside(false, () -> value(code, letter, fuel - 1));
                code.end();
            }
            case 12, 13 -> {
                if (wide) {
                    value(code, 'i', fuel - 1);
                    code.op(random.nextBoolean() ? 0xAC : 0xAD);
                } else {
                    value(code, 'I', fuel - 1);
                    value(code, 'I', fuel - 1);
                    code.op(pick(I64_COMPARE));
                }
            }
            case 14 -> {
                if (wide) {
                    code.call(gasLeft).drop();
                    value(code, letter, fuel - 1);
                } else {
                    value(code, 'i', fuel - 1);
                    value(code, 'i', fuel - 1);
                    code.op(pick(I32_COMPARE));
                }
            }
            default -> {
                if (wide) {
                    code.open(Opcodes.BLOCK);
                    inside(true, () -> leave(code, fuel - 1));
                    code.end();
                    value(code, letter, fuel - 1);
                } else if (random.nextInt(4) == 0) {
                    code.i32(random.nextInt(2)).with(Opcodes.MEMORY_GROW, 0);
                } else {
                    code.with(Opcodes.MEMORY_SIZE, 0);
                }
            }
        }
    }

    /** So that a divisor is not zero. */
    private static void oddly(GuestCode code, boolean wide) {
        if (wide) {
            code.i64(1).op(0x84);
        } else {
            code.i32(1).op(0x72);
        }
    }

    private long edge() {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> random.nextBoolean() ? Integer.MIN_VALUE : Long.MIN_VALUE;
            case 3 -> random.nextInt(100);
            default -> random.nextLong();
        };
    }

    private int pick(int[] choice) {
        return choice[random.nextInt(choice.length)];
    }
}
