package io.xwasm.agent.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A machine that runs one agent. */
public record NodeId(@JsonValue String value) implements Comparable<NodeId> {
    /**
     * Takes one to forty letters, digits, dots and dashes, beginning with a letter or digit.
     *
     * @throws IllegalArgumentException when it is anything else; the message repeats it
     */
    @JsonCreator
    public NodeId {
        Names.require(value, "node id");
    }

    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
