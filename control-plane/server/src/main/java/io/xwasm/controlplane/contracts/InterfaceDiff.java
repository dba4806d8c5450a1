package io.xwasm.controlplane.contracts;

import io.xwasm.agent.protocol.abi.ContractInterface;
import io.xwasm.agent.protocol.abi.Method;
import io.xwasm.controlplane.api.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares what callers see and what the state looks like. */
final class InterfaceDiff {
    /** The proxy calls these; nobody else does. */
    private static final Set<String> HOOKS = Set.of("init", Code.MIGRATE, Code.MIGRATE_BACK);

    private InterfaceDiff() {}

    /**
     * @param word compatible, compatible_with_migration, breaking or refused
     * @param reversible whether later writes survive going back again
     */
    record Verdict(String word, String sentence, boolean reversible) {}

    static List<Change> changes(ContractInterface from, ContractInterface to) {
        var changes = new ArrayList<Change>();
        for (var method : from.methods()) {
            var now = to.method(method.name());
            if (now.isEmpty()) {
                changes.add(new Change("removed", signature(method)));
            } else if (!now.get().equals(method)) {
                changes.add(
                        new Change(
                                "changed", signature(method) + " becomes " + signature(now.get())));
            }
        }
        for (var method : to.methods()) {
            if (from.method(method.name()).isEmpty()) {
                changes.add(new Change("added", signature(method)));
            }
        }
        return changes;
    }

    private static String signature(Method method) {
        var arguments =
                method.args().stream()
                        .map(f -> f.name() + ": " + f.type())
                        .collect(Collectors.joining(", "));
        return "%s(%s) → %s%s%s"
                .formatted(
                        method.name(),
                        arguments,
                        method.returns(),
                        method.payable() ? ", payable" : "",
                        method.query() ? ", query" : "");
    }

    static Verdict upgrade(Code from, Code to) {
        int now = from.face().stateSchema();
        int then = to.face().stateSchema();
        if (then != now && !to.migrates()) {
            return new Verdict(
                    "breaking",
                    "the state schema goes from %d to %d, and the new code has no migrate"
                            .formatted(now, then),
                    false);
        }
        if (breaksCallers(from.face(), to.face())) {
            return new Verdict(
                    "breaking", "methods that callers use are removed or changed", to.reversible());
        }
        if (then != now) {
            return new Verdict(
                    "compatible_with_migration",
                    "callers see what they saw; the state is migrated from schema %d to %d%s"
                            .formatted(
                                    now,
                                    then,
                                    to.reversible()
                                            ? ""
                                            : ", and cannot be migrated back: a rollback will be refused"),
                    to.reversible());
        }
        return new Verdict("compatible", "callers and state see what they saw", to.reversible());
    }

    static Verdict rollback(Code from, Code to) {
        if (!from.reversible()) {
            return new Verdict(
                    "refused",
                    "the running code migrated the state and has no migrate_back",
                    false);
        }
        if (breaksCallers(from.face(), to.face())) {
            return new Verdict(
                    "breaking", "methods that callers may use by now go away or change", true);
        }
        return from.face().stateSchema() == to.face().stateSchema()
                ? new Verdict("compatible", "callers and state see what they saw", true)
                : new Verdict(
                        "compatible_with_migration",
                        "the state is migrated back; what was written since stays",
                        true);
    }

    private static boolean breaksCallers(ContractInterface from, ContractInterface to) {
        return from.methods().stream()
                .filter(method -> !HOOKS.contains(method.name()))
                .anyMatch(method -> to.method(method.name()).filter(method::equals).isEmpty());
    }
}
