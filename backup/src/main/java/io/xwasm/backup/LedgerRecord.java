package io.xwasm.backup;

import java.util.Arrays;
import java.util.Objects;

/**
 * One key and its value.
 *
 * @param column which of the ledger's tables it is from, 0 to 255; the ledger numbers them
 * @param key compared as unsigned bytes
 * @param value anything
 */
public record LedgerRecord(int column, byte[] key, byte[] value) {
    public LedgerRecord {
        if (column < 0 || column > 255) {
            throw new IllegalArgumentException("a column is 0 to 255, was " + column);
        }
    }

    /** Whether it stands before the other in a backup. */
    boolean before(LedgerRecord other) {
        return column != other.column
                ? column < other.column
                : Arrays.compareUnsigned(key, other.key) < 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LedgerRecord record
                && column == record.column
                && Arrays.equals(key, record.key)
                && Arrays.equals(value, record.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(column, Arrays.hashCode(key), Arrays.hashCode(value));
    }
}
