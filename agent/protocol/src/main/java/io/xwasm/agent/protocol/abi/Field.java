package io.xwasm.agent.protocol.abi;

import java.util.Objects;

/** A named part: of a method's arguments, of a struct, of an event. */
public record Field(String name, AbiType type) {
    public Field {
        name = Objects.requireNonNullElse(name, "");
        if (name.isEmpty() || type == null) {
            throw new IllegalArgumentException("a field needs a name and a type: '" + name + "'");
        }
    }
}
