package io.xwasm.agent.vm;

import com.dylibso.chicory.runtime.Memory;
import io.xwasm.agent.protocol.Address;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The largest memory of each contract; whoever has none has not run yet. */
final class MemoryPeaks {
    private final ConcurrentMap<Address, Integer> pages = new ConcurrentHashMap<>();

    /** An instance of this contract has so many pages. */
    void held(Address contract, int held) {
        // Nearly always nothing is new, and reading takes no lock.
        var before = pages.get(contract);
        if (before == null || before < held) {
            pages.merge(contract, held, Math::max);
        }
    }

    long bytes(Address contract) {
        return (long) pages.getOrDefault(contract, 0) * Memory.PAGE_SIZE;
    }

    void clear() {
        pages.clear();
    }
}
