package io.xwasm.agent.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * One life of a ledger folder (protocol rule 1): minted when the folder is created or seeded, so
 * that a blank disk under an old node's name is never mistaken for the member that held the data.
 */
public record Incarnation(@JsonValue UUID value) implements Comparable<Incarnation> {
    @JsonCreator
    public Incarnation {}

    /** A new one, unlike any before. */
    public static Incarnation mint() {
        return new Incarnation(UUID.randomUUID());
    }

    @Override
    public int compareTo(Incarnation other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
