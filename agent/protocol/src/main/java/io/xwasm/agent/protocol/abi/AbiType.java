package io.xwasm.agent.protocol.abi;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;

/** The type of an argument, a result or a field, as an interface writes it: {@code list<u64>}. */
public sealed interface AbiType {
    /** Bounds how deeply options and lists can be nested. */
    int LONGEST = 128;

    /** Reads a type as it is written in the interface section. */
    @JsonCreator
    static AbiType parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "'" + text.substring(0, LONGEST) + "…' is too long for a type");
        }
        for (var primitive : Primitive.values()) {
            if (primitive.toString().equals(text)) {
                return primitive;
            }
        }
        if (text.startsWith("option<") && text.endsWith(">")) {
            return new Option(parse(text.substring("option<".length(), text.length() - 1)));
        }
        if (text.startsWith("list<") && text.endsWith(">")) {
            return new ListOf(parse(text.substring("list<".length(), text.length() - 1)));
        }
        return new Named(text);
    }

    /** A type without parts. {@code UNIT} is what a method returns that returns nothing. */
    enum Primitive implements AbiType {
        UNIT,
        U8,
        U16,
        U32,
        U64,
        U128,
        I64,
        I128,
        BOOL,
        STRING,
        BYTES,
        ADDRESS,
        HASH;

        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A value that may be absent; {@code null} in JSON. */
    record Option(AbiType of) implements AbiType {
        @Override
        @JsonValue
        public String toString() {
            return "option<" + of + ">";
        }
    }

    /** Any number of values. */
    record ListOf(AbiType of) implements AbiType {
        @Override
        @JsonValue
        public String toString() {
            return "list<" + of + ">";
        }
    }

    /** A struct that the interface declares among its {@code types}. */
    record Named(String name) implements AbiType {
        private static final Pattern NAME = Pattern.compile("[A-Z][A-Za-z0-9_]{0,63}");

        public Named {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("'" + name + "' is no type");
            }
        }

        @Override
        @JsonValue
        public String toString() {
            return name;
        }
    }
}
