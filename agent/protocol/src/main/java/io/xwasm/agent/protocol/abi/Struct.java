package io.xwasm.agent.protocol.abi;

import java.util.List;
import java.util.Objects;

/** Named fields in order: a type that an interface declares, or what an event carries. */
public record Struct(String name, List<Field> fields) {
    public Struct {
        name = Objects.requireNonNullElse(name, "");
        fields = fields == null ? List.of() : List.copyOf(fields);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a struct has no name");
        }
    }
}
