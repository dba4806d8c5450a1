package io.xwasm.controlplane.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a list.
 *
 * @param <T> what it lists
 * @param items in the list's order
 * @param next cursor of the next stretch, null at the end
 */
public record Page<T>(List<T> items, @Nullable String next) {
    public Page {
        items = List.copyOf(items);
    }
}
