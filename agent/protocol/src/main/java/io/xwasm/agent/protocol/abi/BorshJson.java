package io.xwasm.agent.protocol.abi;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns people's JSON into a contract's Borsh bytes and back, by the contract's interface.
 *
 * <p>Small integers and booleans are plain JSON; 64 bits and more are read from a number or a
 * decimal string and written as decimal strings, because JSON's numbers lose them; bytes, addresses
 * and hashes are hex. Arguments come as an object by name or as an array in order.
 */
public final class BorshJson {
    private final ContractInterface contract;
    private final BorshFromJson encoding;
    private final JsonFromBorsh decoding;

    public BorshJson(ContractInterface contract) {
        this.contract = contract;
        this.encoding = new BorshFromJson(contract);
        this.decoding = new JsonFromBorsh(contract);
    }

    /** The interface that it translates by. */
    public ContractInterface contract() {
        return contract;
    }

    /**
     * The bytes of these arguments; none at all may be given for a method without any.
     *
     * @throws BadValue when a name is missing or unknown, or a value does not fit its type
     */
    public byte[] arguments(String method, @Nullable JsonNode given) {
        var shape = methodOf(method);
        var fields = shape.args();
        var nodes = given == null || given.isNull() ? JsonNodeFactory.instance.objectNode() : given;
        var out = new BorshBytes();
        if (nodes.isArray()) {
            writeInOrder(method, fields, nodes, out);
        } else if (nodes.isObject()) {
            writeByName(method, fields, nodes, out);
        } else {
            throw new BadValue(
                    "the arguments of %s are an object or an array, not %s"
                            .formatted(method, nodes));
        }
        return out.toBytes();
    }

    /**
     * What these bytes mean as arguments.
     *
     * @throws BadValue when they do not fit the method
     */
    public ObjectNode arguments(String method, byte[] borsh) {
        return decoding.fields(methodOf(method).args(), borsh, "the arguments of " + method);
    }

    /**
     * What these bytes mean as the method's result; JSON's null for a method that returns nothing.
     *
     * @throws BadValue when they do not fit
     */
    public JsonNode result(String method, byte[] borsh) {
        return decoding.whole(methodOf(method).returns(), borsh, "the result of " + method);
    }

    /**
     * What these bytes mean as an event.
     *
     * @throws BadValue when the contract declares no such event or they do not fit it
     */
    public ObjectNode event(String topic, byte[] borsh) {
        var shape =
                contract.event(topic)
                        .orElseThrow(
                                () -> new BadValue(contract.name() + " has no event " + topic));
        return decoding.fields(shape.fields(), borsh, "the event " + topic);
    }

    private Method methodOf(String name) {
        return contract.method(name)
                .orElseThrow(() -> new BadValue(contract.name() + " has no method " + name));
    }

    private void writeInOrder(String method, List<Field> fields, JsonNode given, BorshBytes out) {
        if (given.size() > fields.size()) {
            throw new BadValue(
                    "%s takes %d arguments (%s), not %d"
                            .formatted(method, fields.size(), names(fields), given.size()));
        }
        for (int i = 0; i < fields.size(); i++) {
            encoding.write(fields.get(i), given.get(i), method, out);
        }
    }

    private void writeByName(String method, List<Field> fields, JsonNode given, BorshBytes out) {
        for (var name : given.propertyNames()) {
            if (fields.stream().noneMatch(f -> f.name().equals(name))) {
                throw new BadValue(
                        "%s has no argument '%s'; it takes %s"
                                .formatted(method, name, names(fields)));
            }
        }
        for (var field : fields) {
            encoding.write(field, given.get(field.name()), method, out);
        }
    }

    private static String names(List<Field> fields) {
        return fields.isEmpty()
                ? "none"
                : fields.stream()
                        .map(f -> f.name() + ": " + f.type())
                        .collect(Collectors.joining(", "));
    }
}
