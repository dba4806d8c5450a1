package io.xwasm.agent.vm;

import io.xwasm.agent.protocol.abi.ContractInterface;
import io.xwasm.agent.protocol.abi.Method;
import java.util.HashMap;
import java.util.Map;

/** Finds what can be called in a module, and refuses one whose interface tells something else. */
final class EntryPoints {
    private EntryPoints() {}

    static Map<String, CodeEntry> of(
            ModuleOutline module, MeteredModule metered, ContractInterface contract) {
        var reentrant = ReentrantMethods.in(module.interfaceSection());
        var entries = new HashMap<String, CodeEntry>();
        for (var export : module.exports().entrySet()) {
            var name = export.getKey();
            int function = export.getValue();
            int defined = function - module.imports().size();
            var signature = module.signatureOf(function);
            if (defined < 0
                    || !signature.parameters().isEmpty()
                    || !signature.results().isEmpty()) {
                throw new CodeRefused(
                        "%s is %s: a method is a function of the module's own, () -> ()"
                                .formatted(module.shown(function), signature));
            }
            var declared = contract.method(name);
            if (declared.isEmpty() && !CodeEntry.isSpecial(name)) {
                throw new CodeRefused(
                        "%s is not in the interface section".formatted(module.shown(function)));
            }
            boolean payable =
                    name.equals(CodeEntry.FALLBACK) || declared.map(Method::payable).orElse(false);
            entries.put(
                    name,
                    new CodeEntry(
                            name,
                            function,
                            payable,
                            reentrant.contains(name),
                            metered.entryUnits().get(defined)));
        }
        for (var method : contract.methods()) {
            if (!entries.containsKey(method.name())) {
                throw new CodeRefused(
                        "the interface section declares '%s', which the module does not export"
                                .formatted(method.name()));
            }
        }
        return Map.copyOf(entries);
    }
}
