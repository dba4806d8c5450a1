package io.xwasm.agent.protocol.abi;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks that the types of an interface are declared and that none contains itself. Looks at every
 * struct once: an interface comes from whoever uploads a module, and may be made to be slow.
 */
final class DeclaredTypes {
    private final Map<String, Struct> byName = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private final Set<String> done = new HashSet<>();

    private DeclaredTypes() {}

    static DeclaredTypes of(List<Struct> types) {
        var declared = new DeclaredTypes();
        types.forEach(type -> declared.byName.put(type.name(), type));
        types.forEach(type -> declared.requireStruct(type.name(), "type " + type.name()));
        return declared;
    }

    void require(List<Method> methods, List<Struct> events) {
        for (var method : methods) {
            var where = "method " + method.name();
            requireFields(method.args(), where);
            if (method.returns() != AbiType.Primitive.UNIT) {
                requireType(method.returns(), where);
            }
        }
        events.forEach(event -> requireFields(event.fields(), "event " + event.name()));
    }

    private void requireFields(List<Field> fields, String where) {
        fields.forEach(field -> requireType(field.type(), where));
    }

    private void requireType(AbiType type, String where) {
        switch (type) {
            case AbiType.Primitive primitive -> {
                // A value without bytes would make a list of any length from nothing.
                if (primitive == AbiType.Primitive.UNIT) {
                    throw new IllegalArgumentException(where + ": a value cannot be of type unit");
                }
            }
            case AbiType.Option(var of) -> requireType(of, where);
            case AbiType.ListOf(var of) -> requireType(of, where);
            case AbiType.Named(var named) -> requireStruct(named, where);
        }
    }

    private void requireStruct(String named, String where) {
        if (done.contains(named)) {
            return;
        }
        var struct = byName.get(named);
        if (struct == null) {
            throw new IllegalArgumentException(where + ": no type '" + named + "' is declared");
        }
        if (struct.fields().isEmpty() && struct.variants().isEmpty()) {
            throw new IllegalArgumentException("type " + named + " has no fields");
        }
        if (!open.add(named)) {
            throw new IllegalArgumentException("type " + named + " contains itself");
        }
        requireFields(struct.fields(), "type " + named);
        for (var variant : struct.variants()) {
            requireFields(variant.fields(), "variant " + variant.name() + " of " + named);
        }
        done.add(named);
    }
}
