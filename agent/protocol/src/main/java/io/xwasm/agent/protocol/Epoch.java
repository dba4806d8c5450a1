package io.xwasm.agent.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A group's configuration number: rises whenever the primary or the in-sync set changes (protocol
 * rule 2).
 */
public record Epoch(@JsonValue long value) implements Comparable<Epoch> {
    /** Before any configuration. */
    public static final Epoch NONE = new Epoch(0);

    @JsonCreator
    public Epoch {
        if (value < 0) {
            throw new IllegalArgumentException("an epoch is not negative: " + value);
        }
    }

    public Epoch next() {
        return new Epoch(value + 1);
    }

    public boolean olderThan(Epoch other) {
        return value < other.value;
    }

    @Override
    public int compareTo(Epoch other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
