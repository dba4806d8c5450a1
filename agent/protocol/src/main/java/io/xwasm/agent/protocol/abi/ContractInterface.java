package io.xwasm.agent.protocol.abi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
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

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?");

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
        DeclaredTypes.of(types).require(methods, events);
    }

    /**
     * Reads the section.
     *
     * @throws IllegalArgumentException when it is no interface; the message says why
     */
    public static ContractInterface parse(byte[] section) {
        try {
            // Names that are skipped are not decoded, so bytes that are no text would get through.
            var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(section)).toString();
            return JSON.readValue(text, ContractInterface.class);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the section " + SECTION + " is not UTF-8", e);
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
        return types.stream()
                .filter(t -> t.name().equals(named))
                .findFirst()
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
}
