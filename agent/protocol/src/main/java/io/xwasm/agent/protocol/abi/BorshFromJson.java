package io.xwasm.agent.protocol.abi;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Hash;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The way in: JSON by type to Borsh. Every refusal names the place, the value and the type. */
final class BorshFromJson {
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,40}");

    private final ContractInterface contract;

    BorshFromJson(ContractInterface contract) {
        this.contract = contract;
    }

    void write(Field field, @Nullable JsonNode given, String method, BorshBytes out) {
        var place = "argument '%s' of %s".formatted(field.name(), method);
        writeField(field, given, place, out);
    }

    private void writeField(Field field, @Nullable JsonNode given, String place, BorshBytes out) {
        if (given == null && !(field.type() instanceof AbiType.Option)) {
            throw new BadValue("%s is missing (%s)".formatted(place, field.type()));
        }
        write(field.type(), given, place, out);
    }

    private void write(AbiType type, @Nullable JsonNode given, String place, BorshBytes out) {
        switch (type) {
            case AbiType.Option(var of) -> {
                boolean present = given != null && !given.isNull();
                out.octet(present ? 1 : 0);
                if (present) {
                    write(of, given, place, out);
                }
            }
            case AbiType.ListOf(var of) -> writeList(of, given, place, out);
            case AbiType.Named(var name) -> {
                var declared = contract.type(name);
                if (declared.variants().isEmpty()) {
                    writeStruct(declared, given, place, out);
                } else {
                    writeVariant(declared, given, place, out);
                }
            }
            case AbiType.Primitive primitive -> writePrimitive(primitive, given, place, out);
        }
    }

    private void writeList(AbiType of, @Nullable JsonNode given, String place, BorshBytes out) {
        if (given == null || !given.isArray()) {
            throw refusal(place, given, new AbiType.ListOf(of));
        }
        out.length(given.size());
        for (int i = 0; i < given.size(); i++) {
            write(of, given.get(i), "element %d of %s".formatted(i, place), out);
        }
    }

    /** {@code "Name"}, or {@code {"Name": {fields}}} for a variant that has some. */
    private void writeVariant(
            Struct declared, @Nullable JsonNode given, String place, BorshBytes out) {
        var variants = declared.variants();
        var names = variants.stream().map(Struct::name).toList();
        int number = given == null ? -1 : names.indexOf(variantName(given));
        if (given == null || number < 0) {
            throw new BadValue(
                    "%s: '%s' is no %s, which is one of %s"
                            .formatted(place, shown(given), declared.name(), names));
        }
        var variant = variants.get(number);
        out.octet(number);
        if (given.isString() != variant.fields().isEmpty()) {
            throw new BadValue(
                    "%s: %s has %s"
                            .formatted(
                                    place,
                                    variant.name(),
                                    given.isString() ? "fields" : "no fields"));
        }
        if (given.isObject()) {
            writeStruct(variant, given.get(variant.name()), place, out);
        }
    }

    private static String variantName(JsonNode given) {
        if (given.isString()) {
            return given.stringValue();
        }
        return given.isObject() && given.size() == 1 ? given.propertyNames().iterator().next() : "";
    }

    private void writeStruct(
            Struct struct, @Nullable JsonNode given, String place, BorshBytes out) {
        if (given == null || !given.isObject()) {
            throw refusal(place, given, new AbiType.Named(struct.name()));
        }
        for (var name : given.propertyNames()) {
            if (struct.fields().stream().noneMatch(f -> f.name().equals(name))) {
                throw new BadValue(
                        "%s: %s has no field '%s'".formatted(place, struct.name(), name));
            }
        }
        for (var field : struct.fields()) {
            var inner = "field '%s' of %s".formatted(field.name(), place);
            writeField(field, given.get(field.name()), inner, out);
        }
    }

    private static void writePrimitive(
            AbiType.Primitive type, @Nullable JsonNode given, String place, BorshBytes out) {
        if (given == null) {
            throw new BadValue("%s is missing (%s)".formatted(place, type));
        }
        switch (type) {
            case UNIT -> {}
            case U8 -> out.integer(integer(given, 8, false, place, type), 1);
            case U16 -> out.integer(integer(given, 16, false, place, type), 2);
            case U32 -> out.integer(integer(given, 32, false, place, type), 4);
            case U64 -> out.integer(integer(given, 64, false, place, type), 8);
            case U128 -> out.integer(integer(given, 128, false, place, type), 16);
            case I64 -> out.integer(integer(given, 64, true, place, type), 8);
            case I128 -> out.integer(integer(given, 128, true, place, type), 16);
            case BOOL -> {
                if (!given.isBoolean()) {
                    throw refusal(place, given, type);
                }
                out.octet(given.booleanValue() ? 1 : 0);
            }
            case STRING -> out.text(text(given, place, type));
            case BYTES -> out.bytes(hex(given, place, type));
            case ADDRESS -> out.raw(address(given, place, type));
            case HASH -> out.raw(hash(given, place, type));
        }
    }

    private static BigInteger integer(
            JsonNode given, int bits, boolean signed, String place, AbiType type) {
        BigInteger value;
        if (given.isIntegralNumber()) {
            value = given.bigIntegerValue();
        } else if (given.isString() && DECIMAL.matcher(given.stringValue()).matches()) {
            value = new BigInteger(given.stringValue());
        } else {
            throw refusal(place, given, type);
        }
        boolean fits =
                signed
                        ? value.bitLength() < bits
                        : value.signum() >= 0 && value.bitLength() <= bits;
        if (!fits) {
            throw refusal(place, given, type);
        }
        return value;
    }

    private static String text(JsonNode given, String place, AbiType type) {
        if (!given.isString()) {
            throw refusal(place, given, type);
        }
        return given.stringValue();
    }

    private static byte[] hex(JsonNode given, String place, AbiType type) {
        var digits = text(given, place, type);
        try {
            return HexFormat.of().parseHex(digits.startsWith("0x") ? digits.substring(2) : digits);
        } catch (IllegalArgumentException e) {
            throw refusal(place, given, type);
        }
    }

    private static byte[] address(JsonNode given, String place, AbiType type) {
        try {
            return Address.parse(text(given, place, type)).bytes();
        } catch (IllegalArgumentException e) {
            throw refusal(place, given, type);
        }
    }

    private static byte[] hash(JsonNode given, String place, AbiType type) {
        try {
            return Hash.parse(text(given, place, type)).bytes();
        } catch (IllegalArgumentException e) {
            throw refusal(place, given, type);
        }
    }

    private static BadValue refusal(String place, @Nullable JsonNode given, AbiType type) {
        return new BadValue("%s: '%s' is no %s".formatted(place, shown(given), type));
    }

    private static String shown(@Nullable JsonNode given) {
        var shown = given == null ? "nothing" : given.isString() ? given.stringValue() : "" + given;
        return shown.length() > 80 ? shown.substring(0, 80) + "…" : shown;
    }
}
