package io.xwasm.agent.vm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A module put together byte by byte, for what no compiler would write. */
final class HandMadeModule {
    private record Function(String name, int[] variables, int[] code) {}

    private final List<Function> functions = new ArrayList<>();
    private byte[] memory = {0, 1};
    private boolean start;
    private boolean table;
    private int @Nullable [] importType;
    private String importModule = "xwasm";
    private String importName = "";
    private int exportedType;

    /** An exported function () -> (), with so many i64 variables. */
    HandMadeModule method(String name, int variables, int... code) {
        functions.add(
                new Function(
                        name, variables == 0 ? new int[] {} : new int[] {variables, 0x7E}, code));
        return this;
    }

    /** A function whose variables are of another type. */
    HandMadeModule methodWithVariable(String name, int type, int... code) {
        functions.add(new Function(name, new int[] {1, type}, code));
        return this;
    }

    HandMadeModule importing(String module, String name, int... type) {
        importModule = module;
        importName = name;
        importType = type;
        return this;
    }

    HandMadeModule memory(int... limits) {
        memory = bytes(limits);
        return this;
    }

    /** A table whose only entry is the first function. */
    HandMadeModule withTable() {
        table = true;
        return this;
    }

    HandMadeModule withStart() {
        start = true;
        return this;
    }

    /** Methods take a parameter, which they may not. */
    HandMadeModule withParameter() {
        exportedType = 1;
        return this;
    }

    byte[] build() {
        var names =
                functions.stream()
                        .map(f -> "{\"name\": \"" + f.name() + "\"}")
                        .collect(Collectors.joining(","));
        return build(
                "{\"name\": \"hand\", \"version\": \"1.0.0\", \"stateSchema\": 1, \"methods\": ["
                        + names
                        + "]}");
    }

    byte[] build(@Nullable String contractInterface) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        section(out, 1, types());
        int imported = importType == null ? 0 : 1;
        writeImport(out);
        var declared = new ByteArrayOutputStream();
        number(declared, functions.size());
        functions.forEach(_ -> declared.write(exportedType));
        section(out, 3, declared);
        if (table) {
            var content = new ByteArrayOutputStream();
            content.writeBytes(bytes(1, 0x70, 0, 1));
            section(out, 4, content);
        }
        var pages = new ByteArrayOutputStream();
        pages.write(1);
        pages.writeBytes(memory);
        section(out, 5, pages);
        section(out, 7, exports(imported));
        if (start) {
            var first = new ByteArrayOutputStream();
            number(first, imported);
            section(out, 8, first);
        }
        if (table) {
            var content = new ByteArrayOutputStream();
            content.writeBytes(bytes(1, 0, 0x41, 0, 0x0B, 1, imported));
            section(out, 9, content);
        }
        section(out, 10, code());
        if (contractInterface != null) {
            var custom = new ByteArrayOutputStream();
            name(custom, "xwasm.abi");
            custom.writeBytes(contractInterface.getBytes(UTF_8));
            section(out, 0, custom);
        }
        return out.toByteArray();
    }

    private void writeImport(ByteArrayOutputStream out) {
        if (importType != null) {
            var content = new ByteArrayOutputStream();
            content.write(1);
            name(content, importModule);
            name(content, importName);
            content.write(0);
            content.write(2);
            section(out, 2, content);
        }
    }

    private ByteArrayOutputStream types() {
        var content = new ByteArrayOutputStream();
        number(content, importType == null ? 2 : 3);
        content.writeBytes(bytes(0x60, 0, 0));
        content.writeBytes(bytes(0x60, 1, 0x7F, 0));
        if (importType != null) {
            content.writeBytes(bytes(importType));
        }
        return content;
    }

    private ByteArrayOutputStream exports(int imported) {
        var content = new ByteArrayOutputStream();
        number(content, functions.size() + 1);
        name(content, "memory");
        content.writeBytes(bytes(2, 0));
        for (int i = 0; i < functions.size(); i++) {
            name(content, functions.get(i).name());
            content.write(0);
            number(content, imported + i);
        }
        return content;
    }

    private ByteArrayOutputStream code() {
        var content = new ByteArrayOutputStream();
        number(content, functions.size());
        for (var function : functions) {
            var body = new ByteArrayOutputStream();
            if (function.variables().length == 0) {
                body.write(0);
            } else {
                body.write(1);
                number(body, function.variables()[0]);
                body.write(function.variables()[1]);
            }
            body.writeBytes(bytes(function.code()));
            body.write(0x0B);
            number(content, body.size());
            content.writeBytes(body.toByteArray());
        }
        return content;
    }

    private static void section(ByteArrayOutputStream out, int id, ByteArrayOutputStream content) {
        out.write(id);
        number(out, content.size());
        out.writeBytes(content.toByteArray());
    }

    private static void name(ByteArrayOutputStream out, String name) {
        var bytes = name.getBytes(UTF_8);
        number(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest >>> 7 != 0) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static byte[] bytes(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
