package io.xwasm.agent.protocol.abi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Hash;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The way out: Borsh by type to JSON. */
final class JsonFromBorsh {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ContractInterface contract;

    JsonFromBorsh(ContractInterface contract) {
        this.contract = contract;
    }

    ObjectNode fields(List<Field> fields, byte[] borsh, String place) {
        var input = ByteBuffer.wrap(borsh);
        var read = read(fields, input, place);
        requireEnd(input, place);
        return read;
    }

    JsonNode whole(AbiType type, byte[] borsh, String place) {
        var input = ByteBuffer.wrap(borsh);
        var read = read(type, input, place);
        requireEnd(input, place);
        return read;
    }

    private static void requireEnd(ByteBuffer input, String place) {
        if (input.hasRemaining()) {
            throw new BadValue("%s: %d bytes too many".formatted(place, input.remaining()));
        }
    }

    private ObjectNode read(List<Field> fields, ByteBuffer input, String place) {
        var object = NODES.objectNode();
        for (var field : fields) {
            object.set(
                    field.name(),
                    read(field.type(), input, "'%s' in %s".formatted(field.name(), place)));
        }
        return object;
    }

    private JsonNode read(AbiType type, ByteBuffer input, String place) {
        return switch (type) {
            case AbiType.Option(var of) ->
                    flag(input, place) ? read(of, input, place) : NODES.nullNode();
            case AbiType.ListOf(var of) -> {
                // Never trusted for an allocation: the elements must be there, one by one.
                long length = integer(input, Integer.BYTES, false, place).longValue();
                var array = NODES.arrayNode();
                for (long i = 0; i < length; i++) {
                    if (!input.hasRemaining()) {
                        throw new BadValue("%s: the bytes end too early".formatted(place));
                    }
                    array.add(read(of, input, place));
                }
                yield array;
            }
            case AbiType.Named(var name) -> {
                var declared = contract.type(name);
                yield declared.variants().isEmpty()
                        ? read(declared.fields(), input, place)
                        : readVariant(declared, input, place);
            }
            case AbiType.Primitive primitive -> read(primitive, input, place);
        };
    }

    private JsonNode readVariant(Struct declared, ByteBuffer input, String place) {
        int number = take(input, 1, place)[0] & 0xff;
        if (number >= declared.variants().size()) {
            throw new BadValue(
                    "%s: %s has no variant %d".formatted(place, declared.name(), number));
        }
        var variant = declared.variants().get(number);
        if (variant.fields().isEmpty()) {
            return NODES.stringNode(variant.name());
        }
        var object = NODES.objectNode();
        object.set(variant.name(), read(variant.fields(), input, place));
        return object;
    }

    private static JsonNode read(AbiType.Primitive type, ByteBuffer input, String place) {
        return switch (type) {
            case UNIT -> NODES.nullNode();
            case U8 -> NODES.numberNode(integer(input, 1, false, place).intValue());
            case U16 -> NODES.numberNode(integer(input, 2, false, place).intValue());
            case U32 -> NODES.numberNode(integer(input, 4, false, place).longValue());
            case U64 -> NODES.stringNode(integer(input, 8, false, place).toString());
            case U128 -> NODES.stringNode(integer(input, 16, false, place).toString());
            case I64 -> NODES.stringNode(integer(input, 8, true, place).toString());
            case I128 -> NODES.stringNode(integer(input, 16, true, place).toString());
            case BOOL -> NODES.booleanNode(flag(input, place));
            case STRING -> NODES.stringNode(text(varying(input, place), place));
            case BYTES -> NODES.stringNode(HexFormat.of().formatHex(varying(input, place)));
            case ADDRESS -> NODES.stringNode(Address.of(take(input, 32, place)).toString());
            case HASH -> NODES.stringNode(Hash.of(take(input, 32, place)).toString());
        };
    }

    private static String text(byte[] bytes, String place) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new BadValue("%s: these bytes are no UTF-8 text".formatted(place));
        }
    }

    private static boolean flag(ByteBuffer input, String place) {
        int octet = take(input, 1, place)[0];
        if (octet != 0 && octet != 1) {
            throw new BadValue("%s: %d is neither 0 nor 1".formatted(place, octet));
        }
        return octet == 1;
    }

    private static byte[] varying(ByteBuffer input, String place) {
        long length = integer(input, Integer.BYTES, false, place).longValue();
        return take(input, length, place);
    }

    private static BigInteger integer(ByteBuffer input, int width, boolean signed, String place) {
        var little = take(input, width, place);
        var big = new byte[width];
        for (int i = 0; i < width; i++) {
            big[width - 1 - i] = little[i];
        }
        return signed ? new BigInteger(big) : new BigInteger(1, big);
    }

    private static byte[] take(ByteBuffer input, long count, String place) {
        if (count > input.remaining()) {
            throw new BadValue(
                    "%s: the bytes end too early, %d wanted and %d left"
                            .formatted(place, count, input.remaining()));
        }
        var taken = new byte[(int) count];
        input.get(taken);
        return taken;
    }
}
