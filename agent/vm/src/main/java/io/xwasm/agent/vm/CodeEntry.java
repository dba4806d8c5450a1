package io.xwasm.agent.vm;

/**
 * A method of a module.
 *
 * @param function its index
 * @param reentrant whether it may be entered while its contract waits for another one
 * @param stackUnits what it uses of the thread's stack
 */
record CodeEntry(String method, int function, boolean payable, boolean reentrant, int stackUnits) {
    static final String FALLBACK = "fallback";

    /** What only the machine and code at the same address may call. */
    static boolean isSpecial(String method) {
        return switch (method) {
            case "init", "migrate", "migrate_back", FALLBACK -> true;
            default -> false;
        };
    }
}
