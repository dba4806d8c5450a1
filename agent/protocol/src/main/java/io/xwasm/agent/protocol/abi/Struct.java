package io.xwasm.agent.protocol.abi;

import java.util.List;
import java.util.Objects;

/**
 * Named fields in order: a type that an interface declares, or what an event carries.
 *
 * @param fields of an enum: what a reader sees who does not know variants; they do not count here
 * @param variants of an enum, each with its own fields or none; none of a struct
 */
public record Struct(String name, List<Field> fields, List<Struct> variants) {
    /** Its number in front takes one byte. */
    private static final int MOST_VARIANTS = 256;

    public Struct {
        name = Objects.requireNonNullElse(name, "");
        fields = fields == null ? List.of() : List.copyOf(fields);
        variants = variants == null ? List.of() : List.copyOf(variants);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a struct has no name");
        }
        if (variants.size() > MOST_VARIANTS) {
            throw new IllegalArgumentException("type " + name + " has more than 256 variants");
        }
        if (variants.stream().map(Struct::name).distinct().count() < variants.size()) {
            throw new IllegalArgumentException("type " + name + " has a variant twice");
        }
        if (variants.stream().anyMatch(variant -> !variant.variants().isEmpty())) {
            throw new IllegalArgumentException("a variant of type " + name + " has variants");
        }
    }

    public Struct(String name, List<Field> fields) {
        this(name, fields, List.of());
    }
}
