package io.xwasm.agent.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What people call a contract; unique in the fleet. */
public record ContractName(@JsonValue String value) implements Comparable<ContractName> {
    /**
     * Takes one to forty letters, digits, dots and dashes, beginning with a letter or digit.
     *
     * @throws IllegalArgumentException when it is anything else; the message repeats it
     */
    @JsonCreator
    public ContractName {
        Names.require(value, "contract name");
    }

    @Override
    public int compareTo(ContractName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
