package io.xwasm.controlplane.operations;

import java.util.List;
import java.util.Set;

/**
 * A sort of operation.
 *
 * @param name as in the API: deploy, upgrade, …
 * @param shown names of outputs that become the operation's result
 */
public record OperationKind(String name, List<Step> steps, Set<String> shown) {
    public OperationKind {
        steps = List.copyOf(steps);
        shown = Set.copyOf(shown);
    }
}
