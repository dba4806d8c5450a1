package io.xwasm.agent.vm;

import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.abi.ContractInterface;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Which methods may be entered while their contract waits for another one: those that the interface
 * section declares with {@code "reentrant": true}.
 */
final class ReentrantMethods {
    private static final String FLAG = "reentrant";

    private ReentrantMethods() {}

    /** Names by an interface section that has been found whole. */
    static Set<String> in(byte[] section) {
        try {
            return in(Json.MAPPER.readTree(section));
        } catch (JacksonException e) {
            throw new CodeRefused(
                    "the section %s: %s"
                            .formatted(ContractInterface.SECTION, e.getOriginalMessage()),
                    e);
        }
    }

    private static Set<String> in(JsonNode section) {
        var names = new HashSet<String>();
        for (var method : section.path("methods")) {
            var flag = method.path(FLAG);
            if (!flag.isMissingNode() && !flag.isBoolean()) {
                throw new CodeRefused(
                        "the section %s says '%s': %s of %s, which is neither true nor false"
                                .formatted(
                                        ContractInterface.SECTION,
                                        FLAG,
                                        flag,
                                        method.path("name")));
            }
            if (flag.asBoolean(false)) {
                names.add(method.path("name").asString());
            }
        }
        return Set.copyOf(names);
    }
}
