package io.xwasm.agent.protocol.abi;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A contract as its callers see it: the custom section {@code xwasm.abi} of its module.
 *
 * @param version semantic, of the contract's code
 * @param stateSchema rises when code writes state that older code cannot read
 * @param errors what the contract may refuse with, for people
 */
public record ContractInterface(
        String name,
        String version,
        int stateSchema,
        List<Method> methods,
        List<Struct> events,
        List<Struct> types,
        List<String> errors) {
    /** The custom section that holds the interface. */
    public static final String SECTION = "xwasm.abi";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?");
    private static final int MAX_NESTING = 16;

    /**
     * Checks that the interface is whole: every struct that is used is declared, no struct contains
     * itself, no name is taken twice.
     *
     * @throws IllegalArgumentException when it is not; the message says where
     */
    public ContractInterface {
        name = Objects.requireNonNullElse(name, "");
        version = Objects.requireNonNullElse(version, "");
        methods = listOf(methods);
        events = listOf(events);
        types = listOf(types);
        errors = listOf(errors);
        require(!name.isBlank(), "the contract has no name");
        require(
                VERSION.matcher(version).matches(),
                "the version '" + version + "' is not of the form 1.0.0");
        require(stateSchema >= 1, "stateSchema is " + stateSchema + ", not 1 or more");
        requireDistinct(methods.stream().map(Method::name).toList(), "method");
        requireDistinct(events.stream().map(Struct::name).toList(), "event");
        requireDistinct(types.stream().map(Struct::name).toList(), "type");
        requireResolved(methods, events, types);
    }

    /**
     * Reads the section.
     *
     * @throws IllegalArgumentException when it is no interface; the message says why
     */
    public static ContractInterface parse(byte[] section) {
        try {
            return JSON.readValue(section, ContractInterface.class);
        } catch (JacksonException e) {
            var why = e.getCause() instanceof IllegalArgumentException cause ? cause : e;
            throw new IllegalArgumentException(
                    "the section " + SECTION + " is no interface: " + why.getMessage(), e);
        }
    }

    public Optional<Method> method(String named) {
        return methods.stream().filter(m -> m.name().equals(named)).findFirst();
    }

    public Optional<Struct> event(String topic) {
        return events.stream().filter(e -> e.name().equals(topic)).findFirst();
    }

    /** The struct of this name, which the constructor has seen to exist. */
    public Struct type(String named) {
        return find(types, named)
                .orElseThrow(() -> new IllegalArgumentException("no type '" + named + "'"));
    }

    private static <T> List<T> listOf(List<T> given) {
        return given == null ? List.of() : List.copyOf(given);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static void requireDistinct(List<String> names, String what) {
        var seen = new HashSet<String>();
        for (var name : names) {
            require(seen.add(name), what + " '" + name + "' is declared twice");
        }
    }

    private static void requireResolved(
            List<Method> methods, List<Struct> events, List<Struct> types) {
        for (var method : methods) {
            resolve(method.args(), "method " + method.name(), 0, types);
            resolve(method.returns(), "method " + method.name(), 0, types);
        }
        events.forEach(event -> resolve(event.fields(), "event " + event.name(), 0, types));
        types.forEach(type -> resolve(type.fields(), "type " + type.name(), 0, types));
    }

    private static Optional<Struct> find(List<Struct> types, String named) {
        return types.stream().filter(t -> t.name().equals(named)).findFirst();
    }

    /** Bounded depth stands in for a search for cycles: a struct in itself is infinitely deep. */
    private static void resolve(AbiType type, String where, int depth, List<Struct> types) {
        require(depth < MAX_NESTING, where + ": types are nested too deeply, or in themselves");
        switch (type) {
            case AbiType.Primitive _ -> {}
            case AbiType.Option(var of) -> resolve(of, where, depth + 1, types);
            case AbiType.ListOf(var of) -> resolve(of, where, depth + 1, types);
            case AbiType.Named(var named) -> {
                var struct = find(types, named);
                require(struct.isPresent(), where + ": no type '" + named + "' is declared");
                resolve(struct.orElseThrow().fields(), where, depth + 1, types);
            }
        }
    }

    private static void resolve(List<Field> fields, String where, int depth, List<Struct> types) {
        fields.forEach(field -> resolve(field.type(), where, depth, types));
    }
}
