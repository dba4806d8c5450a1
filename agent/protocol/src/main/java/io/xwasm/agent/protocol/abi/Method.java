package io.xwasm.agent.protocol.abi;

import java.util.List;
import java.util.Objects;

/**
 * One method of a contract.
 *
 * @param payable whether a call may carry native value
 * @param query whether it only reads, so that it can be asked without a transaction
 */
public record Method(
        String name, List<Field> args, AbiType returns, boolean payable, boolean query) {
    public Method {
        name = Objects.requireNonNullElse(name, "");
        args = args == null ? List.of() : List.copyOf(args);
        returns = Objects.requireNonNullElse(returns, AbiType.Primitive.UNIT);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a method has no name");
        }
    }
}
