package io.xwasm.agent.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The nodes that hold the same ledger. */
public record GroupId(@JsonValue String value) implements Comparable<GroupId> {
    /**
     * Takes one to forty letters, digits, dots and dashes, beginning with a letter or digit.
     *
     * @throws IllegalArgumentException when it is anything else; the message repeats it
     */
    @JsonCreator
    public GroupId {
        Names.require(value, "group name");
    }

    @Override
    public int compareTo(GroupId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
