package io.xwasm.agent.protocol;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How records are written as JSON, on the link and in both HTTP APIs. */
public final class Json {
    /** Refuses unknown properties; writes times as text. */
    public static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private Json() {}

    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /**
     * @throws MalformedMessage when the text is no such thing; the sentence says where
     */
    public static <T> T read(String text, Class<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JacksonException e) {
            throw new MalformedMessage(
                    "this is no %s: %s".formatted(type.getSimpleName(), e.getOriginalMessage()), e);
        }
    }
}
