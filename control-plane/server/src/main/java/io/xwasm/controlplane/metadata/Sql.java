package io.xwasm.controlplane.metadata;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Statements inside one transaction; arguments stand for the question marks in order. */
public interface Sql {
    /**
     * @return how many rows it touched
     */
    int run(String statement, @Nullable Object... arguments);

    <T> List<T> list(String query, Function<Row, T> read, @Nullable Object... arguments);

    default <T> Optional<T> first(
            String query, Function<Row, T> read, @Nullable Object... arguments) {
        return list(query, read, arguments).stream().findFirst();
    }

    /** The number in the first column of the first row, or 0 when there is none. */
    default long number(String query, @Nullable Object... arguments) {
        return first(query, row -> row.number(1), arguments).orElse(0L);
    }
}
