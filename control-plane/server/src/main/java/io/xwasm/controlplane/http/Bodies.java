package io.xwasm.controlplane.http;

import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.MalformedMessage;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Reads a JSON body into a record, and says where it cannot. */
final class Bodies {
    private Bodies() {}

    static <T> T read(byte[] body, Class<T> type) {
        T value;
        try {
            value = Json.MAPPER.readValue(body, type);
        } catch (UnrecognizedPropertyException e) {
            throw malformed(
                    "the body has a field '%s', which is unknown here; known are %s"
                            .formatted(e.getPropertyName(), e.getKnownPropertyIds()));
        } catch (StreamReadException e) {
            throw malformed(
                    "the body is no JSON: line %d, column %d: %s"
                            .formatted(
                                    e.getLocation().getLineNr(),
                                    e.getLocation().getColumnNr(),
                                    e.getOriginalMessage()));
        } catch (DatabindException e) {
            throw malformed("the body %s".formatted(place(e) + reason(e)));
        } catch (JacksonException e) {
            throw malformed("the body cannot be read: " + e.getOriginalMessage());
        }
        if (value == null) {
            throw malformed("the body is empty: a JSON object is wanted");
        }
        requireComplete(value);
        return value;
    }

    private static String place(DatabindException e) {
        var path =
                e.getPath().stream()
                        .map(reference -> String.valueOf(reference.getPropertyName()))
                        .toList();
        return path.isEmpty()
                ? "does not fit: "
                : "does not fit at '%s': ".formatted(String.join(".", path));
    }

    private static String reason(DatabindException e) {
        return e.getCause() instanceof IllegalArgumentException
                        || e.getCause() instanceof MalformedMessage
                ? String.valueOf(e.getCause().getMessage())
                : e.getOriginalMessage();
    }

    /** Jackson leaves a field that is not there at null, whatever the record promises. */
    private static void requireComplete(Object value) {
        if (!(value instanceof Record)) {
            return;
        }
        List<String> missing =
                Arrays.stream(value.getClass().getRecordComponents())
                        .filter(c -> !c.getAnnotatedType().isAnnotationPresent(Nullable.class))
                        .filter(c -> component(value, c) == null)
                        .map(c -> c.getName())
                        .toList();
        if (!missing.isEmpty()) {
            throw malformed("the body lacks " + String.join(", ", missing));
        }
    }

    private static @Nullable Object component(
            Object value, java.lang.reflect.RecordComponent component) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("reading " + component, e);
        }
    }

    private static Refusal malformed(String sentence) {
        return Refusal.of(ProblemKind.MALFORMED, sentence);
    }
}
