package io.xwasm.controlplane.metadata;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of an answer, column by column. */
public final class Row {
    private final ResultSet row;

    Row(ResultSet row) {
        this.row = row;
    }

    public String text(String column) {
        return Objects.requireNonNull(textOrNull(column), column);
    }

    public @Nullable String textOrNull(String column) {
        return get(() -> row.getString(column));
    }

    public long number(String column) {
        return get(() -> row.getLong(column));
    }

    public long number(int column) {
        return get(() -> row.getLong(column));
    }

    public Optional<Long> numberIfAny(String column) {
        return get(() -> {
            long number = row.getLong(column);
            return row.wasNull() ? Optional.empty() : Optional.of(number);
        });
    }

    public int count(String column) {
        return get(() -> row.getInt(column));
    }

    public double fraction(String column) {
        return get(() -> row.getDouble(column));
    }

    public boolean flag(String column) {
        return get(() -> row.getBoolean(column));
    }

    public byte[] bytes(String column) {
        return Objects.requireNonNull(bytesOrNull(column), column);
    }

    public byte @Nullable [] bytesOrNull(String column) {
        return get(() -> row.getBytes(column));
    }

    public Instant time(String column) {
        return Objects.requireNonNull(timeOrNull(column), column);
    }

    public @Nullable Instant timeOrNull(String column) {
        return get(() -> {
            long millis = row.getLong(column);
            return row.wasNull() ? null : Instant.ofEpochMilli(millis);
        });
    }

    private interface Getter<T extends @Nullable Object> {
        T get() throws SQLException;
    }

    private static <T extends @Nullable Object> T get(Getter<T> getter) {
        try {
            return getter.get();
        } catch (SQLException e) {
            throw new MetadataUnavailable("reading a row of the metadata", e);
        }
    }
}
