package io.xwasm.agent.vm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A contract put together instruction by instruction: what no compiler would write. */
final class GuestModule {
    private record Type(String parameters, String results) {}

    private record Import(String module, String name, int type) {}

    private record Function(int type, byte[] body) {}

    private record Segment(int at, byte[] content) {}

    private final List<Type> types = new ArrayList<>();
    private final List<Import> imports = new ArrayList<>();
    private final List<Function> functions = new ArrayList<>();
    private final List<byte[]> globals = new ArrayList<>();
    private final Map<String, Integer> exports = new LinkedHashMap<>();
    private final List<String> declared = new ArrayList<>();
    private final List<Segment> elements = new ArrayList<>();
    private final List<Segment> data = new ArrayList<>();
    private final ByteArrayOutputStream custom = new ByteArrayOutputStream();
    private int pages = 1;
    private int mostPages = -1;
    private int tableEntries = -1;

    /** The type's index; types that are alike are one. */
    int type(String parameters, String results) {
        var type = new Type(parameters, results);
        if (!types.contains(type)) {
            types.add(type);
        }
        return types.indexOf(type);
    }

    /** Adds a type although there is one like it. */
    GuestModule anotherType(String parameters, String results) {
        types.add(new Type(parameters, results));
        return this;
    }

    int imports(HostImport function) {
        return imports(
                HostImport.MODULE,
                function.importName(),
                type(function.parameters(), function.results()));
    }

    /** The index of the imported function; a new one comes before all functions. */
    int imports(String module, String name, int type) {
        var wanted = new Import(module, name, type);
        if (imports.contains(wanted)) {
            return imports.indexOf(wanted);
        }
        if (!functions.isEmpty()) {
            throw new IllegalStateException("imports come first");
        }
        imports.add(wanted);
        return imports.size() - 1;
    }

    int function(String parameters, String results, GuestCode code) {
        functions.add(new Function(type(parameters, results), code.body()));
        return imports.size() + functions.size() - 1;
    }

    /** An exported function () -> () that the interface section declares. */
    GuestModule method(String name, GuestCode code) {
        return method(name, "", code);
    }

    /**
     * The same with more to declare.
     *
     * @param flags for example {@code "payable": true}
     */
    GuestModule method(String name, String flags, GuestCode code) {
        exports.put(name, function("", "", code));
        declared.add("{\"name\": \"%s\"%s%s}".formatted(name, flags.isEmpty() ? "" : ", ", flags));
        return this;
    }

    /** Exports without declaring. */
    GuestModule exports(String name, int function) {
        exports.put(name, function);
        return this;
    }

    /** At the start, and at most; -1 for no limit of its own. */
    GuestModule memory(int first, int most) {
        pages = first;
        mostPages = most;
        return this;
    }

    GuestModule table(int entries) {
        tableEntries = entries;
        return this;
    }

    GuestModule element(int at, List<Integer> contents) {
        var out = new ByteArrayOutputStream();
        number(out, contents.size());
        contents.forEach(function -> number(out, function));
        elements.add(new Segment(at, out.toByteArray()));
        return this;
    }

    GuestModule data(int at, byte[] bytes) {
        var out = new ByteArrayOutputStream();
        number(out, bytes.length);
        out.writeBytes(bytes);
        data.add(new Segment(at, out.toByteArray()));
        return this;
    }

    /** The index of a mutable global. */
    int global(char letter, long first) {
        var out = new ByteArrayOutputStream();
        out.write(valueType(letter));
        out.write(1);
        out.writeBytes(
                new ModuleWriter()
                        .constant(letter == 'i' ? Opcodes.I32_CONST : Opcodes.I64_CONST, first)
                        .octet(Opcodes.END)
                        .toBytes());
        globals.add(out.toByteArray());
        return globals.size() - 1;
    }

    /** A custom section at the end. */
    GuestModule custom(String name, byte[] content) {
        var section = new ByteArrayOutputStream();
        name(section, name);
        section.writeBytes(content);
        section(custom, ModuleOutline.CUSTOM, section);
        return this;
    }

    byte[] build() {
        return build(
                "{\"name\": \"guest\", \"version\": \"1.0.0\", \"stateSchema\": 1, \"methods\": [%s]}"
                        .formatted(String.join(",", declared)));
    }

    byte[] build(String contractInterface) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        list(out, ModuleOutline.TYPE, types.stream().map(GuestModule::typeBytes).toList());
        list(out, ModuleOutline.IMPORT, imports.stream().map(GuestModule::importBytes).toList());
        list(
                out,
                ModuleOutline.FUNCTION,
                functions.stream().map(f -> numberBytes(f.type())).toList());
        if (tableEntries >= 0) {
            list(out, ModuleOutline.TABLE, List.of(limits(0x70, tableEntries, -1)));
        }
        list(out, ModuleOutline.MEMORY, List.of(limits(-1, pages, mostPages)));
        list(out, ModuleOutline.GLOBAL, globals);
        list(out, ModuleOutline.EXPORT, exported());
        list(out, ModuleOutline.ELEMENT, segments(elements));
        list(out, ModuleOutline.CODE, functions.stream().map(f -> block(f.body())).toList());
        list(out, ModuleOutline.DATA, segments(data));
        var section = new ByteArrayOutputStream();
        name(section, "xwasm.abi");
        section.writeBytes(contractInterface.getBytes(UTF_8));
        section(out, ModuleOutline.CUSTOM, section);
        out.writeBytes(custom.toByteArray());
        return out.toByteArray();
    }

    private List<byte[]> exported() {
        var all =
                exports.entrySet().stream()
                        .map(e -> export(e.getKey(), 0, e.getValue()))
                        .collect(Collectors.toCollection(ArrayList::new));
        all.add(export("memory", 2, 0));
        return all;
    }

    private static byte[] importBytes(Import wanted) {
        var out = new ByteArrayOutputStream();
        name(out, wanted.module());
        name(out, wanted.name());
        out.write(0);
        number(out, wanted.type());
        return out.toByteArray();
    }

    private static byte[] export(String name, int kind, int index) {
        var out = new ByteArrayOutputStream();
        name(out, name);
        out.write(kind);
        number(out, index);
        return out.toByteArray();
    }

    private static byte[] typeBytes(Type type) {
        var out = new ByteArrayOutputStream();
        out.write(0x60);
        for (var letters : List.of(type.parameters(), type.results())) {
            number(out, letters.length());
            letters.chars().forEach(letter -> out.write(valueType((char) letter)));
        }
        return out.toByteArray();
    }

    private static byte[] limits(int kind, int least, int most) {
        var out = new ByteArrayOutputStream();
        if (kind >= 0) {
            out.write(kind);
        }
        out.write(most < 0 ? 0 : 1);
        number(out, least);
        if (most >= 0) {
            number(out, most);
        }
        return out.toByteArray();
    }

    private static List<byte[]> segments(List<Segment> segments) {
        return segments.stream()
                .map(segment -> {
                    var out = new ByteArrayOutputStream();
                    out.write(0);
                    out.writeBytes(
                            new ModuleWriter()
                                    .constant(Opcodes.I32_CONST, segment.at())
                                    .octet(Opcodes.END)
                                    .toBytes());
                    out.writeBytes(segment.content());
                    return out.toByteArray();
                })
                .toList();
    }

    static int valueType(char letter) {
        return switch (letter) {
            case 'i' -> 0x7F;
            case 'I' -> 0x7E;
            case 'f' -> 0x7D;
            case 'F' -> 0x7C;
            case 'v' -> 0x7B;
            default -> throw new IllegalArgumentException("no type " + letter);
        };
    }

    private static byte[] block(byte[] content) {
        var out = new ByteArrayOutputStream();
        number(out, content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] numberBytes(int value) {
        var out = new ByteArrayOutputStream();
        number(out, value);
        return out.toByteArray();
    }

    private static void list(ByteArrayOutputStream out, int id, List<byte[]> items) {
        if (items.isEmpty()) {
            return;
        }
        var content = new ByteArrayOutputStream();
        number(content, items.size());
        items.forEach(content::writeBytes);
        section(out, id, content);
    }

    static void section(ByteArrayOutputStream out, int id, ByteArrayOutputStream content) {
        out.write(id);
        number(out, content.size());
        out.writeBytes(content.toByteArray());
    }

    private static void name(ByteArrayOutputStream out, String name) {
        var bytes = name.getBytes(UTF_8);
        number(out, bytes.length);
        out.writeBytes(bytes);
    }

    static void number(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest >>> 7 != 0) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
