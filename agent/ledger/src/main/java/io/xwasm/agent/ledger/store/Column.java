package io.xwasm.agent.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;

/** The kinds of records; the numbers are part of the backup format. */
public enum Column {
    META(0),
    STATE(1),
    BLOCKS(2),
    RECEIPTS(3),
    UNDO(4),
    WRITES(5);

    private final int number;

    Column(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /**
     * @throws LedgerDamaged when there is no such kind of record
     */
    static Column of(int number) {
        for (Column column : values()) {
            if (column.number == number) {
                return column;
            }
        }
        throw new LedgerDamaged("no kind of record has the number " + number, null);
    }

    /** Hundreds in a block, where the others have one. */
    boolean hasManySmall() {
        return this == STATE || this == RECEIPTS;
    }

    /** Its name in the database. */
    byte[] bytes() {
        return name().toLowerCase(Locale.ROOT).getBytes(UTF_8);
    }
}
