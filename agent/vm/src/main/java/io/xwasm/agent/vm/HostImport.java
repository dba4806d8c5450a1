package io.xwasm.agent.vm;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Every function a contract may import, from the module {@code xwasm}: {@code i} is an i32, {@code
 * I} an i64. What each does is in ABI.md.
 */
enum HostImport {
    INPUT_LENGTH("", "i"),
    INPUT_READ("i", ""),
    METHOD_LENGTH("", "i"),
    METHOD_READ("i", ""),
    STORAGE_GET("iiii", "i"),
    STORAGE_SET("iiii", ""),
    STORAGE_REMOVE("ii", "i"),
    CALLER("i", ""),
    SELF_ADDRESS("i", ""),
    ORIGIN("i", ""),
    VALUE("i", ""),
    BALANCE("ii", ""),
    BLOCK_HEIGHT("", "I"),
    BLOCK_TIME("", "I"),
    CALL_HASH("i", ""),
    GAS_LEFT("", "I"),
    EMIT("iiii", ""),
    RET("ii", ""),
    REVERT("iii", ""),
    CALL("iiiiiiI", "i"),
    DELEGATE_CALL("iiiii", "i"),
    RESULT_LENGTH("", "i"),
    RESULT_READ("i", ""),
    HAS_METHOD("iii", "i"),
    SHA256("iii", ""),
    IS_CONTRACT("i", "i");

    /** The module all of them are imported from. */
    static final String MODULE = "xwasm";

    private static final Map<String, HostImport> BY_NAME = new HashMap<>();

    static {
        for (var function : values()) {
            BY_NAME.put(function.importName(), function);
        }
    }

    private final String parameters;
    private final String results;

    HostImport(String parameters, String results) {
        this.parameters = parameters;
        this.results = results;
    }

    static Optional<HostImport> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    String importName() {
        return name().toLowerCase(Locale.ROOT);
    }

    String parameters() {
        return parameters;
    }

    String results() {
        return results;
    }

    /** For people: {@code (i32, i32) -> i64}. */
    String signature() {
        return ModuleOutline.Signature.shown(parameters, results);
    }
}
