package io.xwasm.agent.vm;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a module consists of, found by {@link OutlineReader}: enough to check it and to rewrite it.
 *
 * @param types the signatures that functions refer to
 * @param imports what it wants of the machine, in order; function indices begin with them
 * @param functionTypes of the functions it defines, as indices into types
 * @param bodies where in the module each of them lies
 * @param exports functions by the name they are exported under
 * @param memoryPages at the start
 */
record ModuleOutline(
        byte[] bytes,
        List<SectionAt> sections,
        List<Signature> types,
        List<HostImport> imports,
        List<Integer> functionTypes,
        List<Span> bodies,
        int globals,
        int memoryPages,
        int memoryMaximum,
        Map<String, Integer> exports,
        byte[] interfaceSection) {
    static final int CUSTOM = 0;
    static final int TYPE = 1;
    static final int IMPORT = 2;
    static final int FUNCTION = 3;
    static final int TABLE = 4;
    static final int MEMORY = 5;
    static final int GLOBAL = 6;
    static final int EXPORT = 7;
    static final int START = 8;
    static final int ELEMENT = 9;
    static final int CODE = 10;
    static final int DATA = 11;
    static final int DATA_COUNT = 12;

    /** From the first byte to before the last. */
    record Span(int from, int to) {}

    /** One section's content. */
    record SectionAt(int id, Span span) {}

    /**
     * Parameters and results, one letter each: {@code i} for i32, {@code I} for i64; {@code f},
     * {@code F} and {@code v} for the f32, f64 and v128 that are refused.
     */
    record Signature(String parameters, String results) {
        @Override
        public String toString() {
            return shown(parameters, results);
        }

        static String shown(String parameters, String results) {
            return "(" + spelled(parameters) + ") -> (" + spelled(results) + ")";
        }

        private static String spelled(String letters) {
            return letters.chars()
                    .mapToObj(c ->
                            switch (c) {
                                case 'i' -> "i32";
                                case 'I' -> "i64";
                                case 'f' -> "f32";
                                case 'F' -> "f64";
                                default -> "v128";
                            })
                    .collect(Collectors.joining(", "));
        }

        boolean hasOnlyIntegers() {
            return (parameters + results).chars().allMatch(c -> c == 'i' || c == 'I');
        }
    }

    /** The signature of any function, imported or defined. */
    Signature signatureOf(int function) {
        if (function < imports.size()) {
            var wanted = imports.get(function);
            return new Signature(wanted.parameters(), wanted.results());
        }
        return types.get(functionTypes.get(function - imports.size()));
    }

    /** For people: {@code function 7 ('swap')}. */
    String shown(int function) {
        for (var export : exports.entrySet()) {
            if (export.getValue() == function) {
                return "function %d ('%s')".formatted(function, export.getKey());
            }
        }
        return "function " + function;
    }

    int functions() {
        return imports.size() + functionTypes.size();
    }
}
