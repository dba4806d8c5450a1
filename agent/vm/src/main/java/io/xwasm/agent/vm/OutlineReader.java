package io.xwasm.agent.vm;

import io.xwasm.agent.protocol.abi.ContractInterface;
import io.xwasm.agent.vm.ModuleOutline.SectionAt;
import io.xwasm.agent.vm.ModuleOutline.Signature;
import io.xwasm.agent.vm.ModuleOutline.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a module section by section and refuses what contracts may not have, before anything else
 * looks at the bytes: nothing here allocates more than the limits allow.
 */
final class OutlineReader {
    private static final byte[] MAGIC = {0, 'a', 's', 'm', 1, 0, 0, 0};
    private static final int FUNCTION_FORM = 0x60;
    private static final int FUNCREF = 0x70;
    private static final int TAGS = 13;
    private static final String RESERVED = "__xwasm";

    private final byte[] bytes;
    private final List<SectionAt> sections = new ArrayList<>();
    private final List<Signature> types = new ArrayList<>();
    private final List<Integer> typesAt = new ArrayList<>();
    private final List<HostImport> imports = new ArrayList<>();
    private final List<Integer> functionTypes = new ArrayList<>();
    private final List<Span> bodies = new ArrayList<>();
    private final Map<String, Integer> exports = new LinkedHashMap<>();
    private int globals;
    private int memoryPages = -1;
    private int memoryMaximum = VmLimits.MEMORY_PAGES;
    private boolean memoryExported;
    private byte @Nullable [] interfaceSection;

    private OutlineReader(byte[] bytes) {
        this.bytes = bytes;
    }

    static ModuleOutline read(byte[] wasm) {
        if (wasm.length == 0) {
            throw new CodeRefused("the module is empty");
        }
        if (wasm.length > VmLimits.MODULE_BYTES) {
            throw new CodeRefused(
                    "the module has %d bytes, the limit is %d"
                            .formatted(wasm.length, VmLimits.MODULE_BYTES));
        }
        if (wasm.length < MAGIC.length
                || Arrays.mismatch(wasm, 0, MAGIC.length, MAGIC, 0, MAGIC.length) >= 0) {
            throw new CodeRefused("this is no WebAssembly module: its first bytes are others");
        }
        return new OutlineReader(wasm).outline();
    }

    private ModuleOutline outline() {
        var reader = new ModuleReader(bytes, MAGIC.length, bytes.length);
        Set<Integer> seen = new HashSet<>();
        while (reader.hasMore()) {
            int id = reader.octet();
            int length = reader.number();
            int from = reader.at();
            reader.skip(length);
            if (id != ModuleOutline.CUSTOM && !seen.add(id)) {
                throw reader.refused("section " + id + " comes twice");
            }
            var section = new SectionAt(id, new Span(from, from + length));
            sections.add(section);
            section(section);
        }
        if (memoryPages < 0 || !memoryExported) {
            throw new CodeRefused("the module has no memory that is exported as 'memory'");
        }
        if (bodies.size() != functionTypes.size()) {
            throw new CodeRefused(
                    "%d functions are declared and %d are there"
                            .formatted(functionTypes.size(), bodies.size()));
        }
        if (interfaceSection == null) {
            throw new CodeRefused(
                    "the custom section " + ContractInterface.SECTION + " is missing");
        }
        var module = outlineOf(interfaceSection);
        refuseOtherTypes(module);
        return module;
    }

    private ModuleOutline outlineOf(byte[] contractInterface) {
        return new ModuleOutline(
                bytes,
                List.copyOf(sections),
                List.copyOf(types),
                List.copyOf(imports),
                List.copyOf(functionTypes),
                List.copyOf(bodies),
                globals,
                memoryPages,
                memoryMaximum,
                exports,
                contractInterface);
    }

    private void section(SectionAt section) {
        var in = new ModuleReader(bytes, section.span().from(), section.span().to());
        switch (section.id()) {
            case ModuleOutline.CUSTOM -> custom(in, section);
            case ModuleOutline.TYPE -> types(in);
            case ModuleOutline.IMPORT -> imports(in);
            case ModuleOutline.FUNCTION -> functions(in);
            case ModuleOutline.TABLE -> table(in);
            case ModuleOutline.MEMORY -> memory(in);
            case ModuleOutline.GLOBAL -> globals(in);
            case ModuleOutline.EXPORT -> exports(in);
            case ModuleOutline.START ->
                    throw in.refused(
                            "a start function is not allowed: function %d would run unmetered"
                                    .formatted(in.number()));
            case ModuleOutline.ELEMENT, ModuleOutline.DATA -> segments(in, section.id());
            case ModuleOutline.CODE -> code(in);
            case ModuleOutline.DATA_COUNT -> {}
            case TAGS -> throw in.refused("exceptions are not allowed");
            default -> throw in.refused("there is no section " + section.id());
        }
    }

    private void custom(ModuleReader in, SectionAt section) {
        if (in.name().equals(ContractInterface.SECTION)) {
            if (interfaceSection != null) {
                throw in.refused(
                        "the custom section " + ContractInterface.SECTION + " comes twice");
            }
            interfaceSection = Arrays.copyOfRange(bytes, in.at(), section.span().to());
        }
    }

    private void types(ModuleReader in) {
        int count = in.count(VmLimits.TYPES, "types");
        for (int i = 0; i < count; i++) {
            if (in.octet() != FUNCTION_FORM) {
                throw in.refused("garbage-collected types are not allowed");
            }
            var parameters = valueTypes(in, VmLimits.PARAMETERS, "parameters");
            types.add(new Signature(parameters, valueTypes(in, VmLimits.RESULTS, "results")));
            typesAt.add(in.at());
        }
    }

    private static String valueTypes(ModuleReader in, int limit, String what) {
        int count = in.count(limit, what);
        var letters = new StringBuilder();
        for (int i = 0; i < count; i++) {
            letters.append(
                    switch (in.octet()) {
                        case Opcodes.TYPE_I32 -> 'i';
                        case Opcodes.TYPE_I64 -> 'I';
                        // Refused when it is known which function has them.
                        case 0x7D -> 'f';
                        case 0x7C -> 'F';
                        case 0x7B -> 'v';
                        default ->
                                throw in.refused(
                                        "the %s of a function have a type that is not allowed"
                                                .formatted(what));
                    });
        }
        return letters.toString();
    }

    /** Names the function whose signature has them, or the type if nobody uses it. */
    private void refuseOtherTypes(ModuleOutline module) {
        for (int type = 0; type < types.size(); type++) {
            var signature = types.get(type);
            if (!signature.hasOnlyIntegers()) {
                int defined = functionTypes.indexOf(type);
                throw new CodeRefused(
                        "%s at offset 0x%x: %s has floating-point or SIMD types, which are not allowed"
                                .formatted(
                                        defined < 0
                                                ? "type " + type
                                                : module.shown(imports.size() + defined),
                                        typesAt.get(type),
                                        signature));
            }
        }
    }

    static char valueType(ModuleReader in) {
        int type = in.octet();
        return switch (type) {
            case Opcodes.TYPE_I32 -> 'i';
            case Opcodes.TYPE_I64 -> 'I';
            case 0x7D, 0x7C -> throw in.refused("floating-point types are not allowed");
            case 0x7B -> throw in.refused("SIMD types are not allowed");
            default -> throw in.refused("the type 0x%02x is not allowed".formatted(type));
        };
    }

    private void imports(ModuleReader in) {
        int count = in.count(VmLimits.FUNCTIONS, "imports");
        for (int i = 0; i < count; i++) {
            var module = in.name();
            var name = in.name();
            int kind = in.octet();
            if (kind != 0) {
                throw in.refused(
                        "the import '%s.%s' is no function: only functions can be imported"
                                .formatted(module, name));
            }
            var known =
                    module.equals(HostImport.MODULE)
                            ? HostImport.named(name)
                            : Optional.<HostImport>empty();
            if (known.isEmpty()) {
                throw in.refused(
                        "function %d: the import '%s.%s' is unknown: only functions of '%s' can be imported"
                                .formatted(i, module, name, HostImport.MODULE));
            }
            var wanted = known.get();
            var signature = types.get(typeIndex(in));
            if (!signature.hasOnlyIntegers()) {
                throw in.refused(
                        "function %d: the import '%s.%s' has floating-point or SIMD types, which are not allowed: %s"
                                .formatted(i, module, name, signature));
            }
            if (!signature.parameters().equals(wanted.parameters())
                    || !signature.results().equals(wanted.results())) {
                throw in.refused(
                        "function %d: the import '%s.%s' is %s, not %s"
                                .formatted(i, module, name, wanted.signature(), signature));
            }
            imports.add(wanted);
        }
    }

    private int typeIndex(ModuleReader in) {
        int index = in.number();
        if (index >= types.size()) {
            throw in.refused("there is no type " + index);
        }
        return index;
    }

    private void functions(ModuleReader in) {
        int count = in.count(VmLimits.FUNCTIONS, "functions");
        for (int i = 0; i < count; i++) {
            functionTypes.add(typeIndex(in));
        }
    }

    private static void table(ModuleReader in) {
        if (in.count(1, "tables") == 0) {
            return;
        }
        if (in.octet() != FUNCREF) {
            throw in.refused("a table may hold functions only");
        }
        int flags = in.octet();
        in.count(VmLimits.TABLE_ENTRIES, "entries in a table");
        if (flags > 1) {
            throw in.refused("a shared or 64-bit table is not allowed");
        }
    }

    private void memory(ModuleReader in) {
        if (in.count(1, "memories") == 0) {
            return;
        }
        int flags = in.octet();
        if (flags > 1) {
            throw in.refused("a shared or 64-bit memory is not allowed");
        }
        memoryPages = in.count(VmLimits.MEMORY_PAGES, "pages of memory");
        if (flags == 1) {
            memoryMaximum = Math.min(in.number(), VmLimits.MEMORY_PAGES);
        }
    }

    private void globals(ModuleReader in) {
        globals = in.count(VmLimits.GLOBALS, "globals");
        for (int i = 0; i < globals; i++) {
            valueType(in);
            in.octet();
            int op = in.octet();
            if (op != Opcodes.I32_CONST && op != Opcodes.I64_CONST) {
                throw in.refused("a global may begin as a plain number only");
            }
            in.skipNumber();
            if (in.octet() != Opcodes.END) {
                throw in.refused("a global may begin as a plain number only");
            }
        }
    }

    private void exports(ModuleReader in) {
        int count = in.count(VmLimits.EXPORTS, "exports");
        for (int i = 0; i < count; i++) {
            var name = in.name();
            int kind = in.octet();
            int index = in.number();
            if (name.startsWith(RESERVED)) {
                throw in.refused("the export name '%s' is reserved".formatted(name));
            }
            if (kind == 0) {
                exports.put(name, requireFunction(index, in));
            } else if (kind == 2 && index == 0 && name.equals("memory")) {
                memoryExported = true;
            }
        }
    }

    /** Passive segments need instructions that are refused; a plain one is kind 0. */
    private void segments(ModuleReader in, int section) {
        int count = in.count(VmLimits.FUNCTIONS, "segments");
        for (int i = 0; i < count; i++) {
            if (in.number() != 0 || in.octet() != Opcodes.I32_CONST) {
                throw in.refused("only plain segments at a fixed place are allowed");
            }
            in.skipNumber();
            if (in.octet() != Opcodes.END) {
                throw in.refused("only plain segments at a fixed place are allowed");
            }
            int length = in.number();
            if (section == ModuleOutline.DATA) {
                in.skip(length);
            } else {
                for (int entry = 0; entry < length; entry++) {
                    requireFunction(in.number(), in);
                }
            }
        }
    }

    private int requireFunction(int index, ModuleReader in) {
        if (index >= imports.size() + functionTypes.size()) {
            throw in.refused("there is no function " + index);
        }
        return index;
    }

    private void code(ModuleReader in) {
        int count = in.count(VmLimits.FUNCTIONS, "functions");
        for (int i = 0; i < count; i++) {
            int length = in.count(VmLimits.FUNCTION_BYTES, "bytes in function " + i);
            int from = in.at();
            in.skip(length);
            bodies.add(new Span(from, from + length));
        }
    }
}
