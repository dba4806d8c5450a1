package io.xwasm.agent.vm;

/** What Jazzer calls with modules that it makes up. */
public final class FuzzedModules {
    private FuzzedModules() {}

    /** Named as Jazzer wants it. Throws whatever is neither a refusal nor an outcome. */
    public static void fuzzerTestOneInput(byte[] wasm) {
        HostileModules.endsSomehow(wasm);
    }
}
