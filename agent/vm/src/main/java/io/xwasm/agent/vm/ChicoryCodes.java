package io.xwasm.agent.vm;

import io.xwasm.agent.protocol.CodeHash;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Every module that has been compiled here, by its hash. */
final class ChicoryCodes {
    private final ConcurrentMap<CodeHash, ChicoryCode> byHash = new ConcurrentHashMap<>();

    CodeDescription install(byte[] wasm) {
        return byHash.computeIfAbsent(
                        CodeHash.ofCode(wasm), hash -> ChicoryCode.compile(hash, wasm.clone()))
                .description();
    }

    /**
     * Code that is installed, or that the world has; empty when there is none or it may not run.
     */
    Optional<ChicoryCode> find(CodeHash hash, World world) {
        var known = byHash.get(hash);
        if (known != null) {
            return Optional.of(known);
        }
        var wasm = world.code(hash);
        if (wasm == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(byHash.computeIfAbsent(hash, _ -> ChicoryCode.compile(hash, wasm)));
        } catch (CodeRefused _) {
            return Optional.empty();
        }
    }

    void clear() {
        byHash.clear();
    }
}
