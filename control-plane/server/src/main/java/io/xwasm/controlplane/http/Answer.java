package io.xwasm.controlplane.http;

import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is answered.
 *
 * @param body written as JSON; a {@link Text} as it is; null for none
 * @param version becomes the ETag
 */
public record Answer(int status, @Nullable Object body, @Nullable Long version) {
    /** A body that is no JSON. */
    public record Text(String contentType, String content) {}

    public static Answer ok(Object body) {
        return new Answer(200, body, null);
    }

    /** Something that can be changed with If-Match. */
    public static Answer versioned(Object body, long version) {
        return new Answer(200, body, version);
    }

    public static Answer created(Object body) {
        return new Answer(201, body, null);
    }

    /** Long work has begun. */
    public static Answer accepted(OperationView operation) {
        return new Answer(202, operation, null);
    }

    public static Answer nothing() {
        return new Answer(204, null, null);
    }

    public static Answer text(String contentType, String content) {
        return new Answer(200, new Text(contentType, content), null);
    }

    /**
     * @param oneMore the stretch and, where the list goes on, the item after it
     * @param key of an item, by which the next stretch is found
     */
    public static <T> Answer page(List<T> oneMore, int limit, Function<T, String> key) {
        return page(oneMore, limit, key, item -> item);
    }

    public static <T, V> Answer page(
            List<T> oneMore, int limit, Function<T, String> key, Function<T, V> view) {
        var items = oneMore.subList(0, Math.min(limit, oneMore.size()));
        var next = oneMore.size() > limit ? Stretch.cursor(key.apply(items.getLast())) : null;
        return ok(new Page<>(items.stream().map(view).toList(), next));
    }

    /**
     * A stretch of a list that is at hand as a whole.
     *
     * @param sorted by key
     */
    public static <T> Answer pageOf(List<T> sorted, Stretch stretch, Function<T, String> key) {
        var rest =
                sorted.stream()
                        .filter(item -> key.apply(item).compareTo(stretch.textCursor("")) > 0)
                        .limit(stretch.limit() + 1L)
                        .toList();
        return page(rest, stretch.limit(), key);
    }
}
