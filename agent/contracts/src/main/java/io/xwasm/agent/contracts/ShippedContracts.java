package io.xwasm.agent.contracts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The modules in this jar, by name. */
public final class ShippedContracts {
    private static final List<String> NAMES = List.of("token", "dex", "dex-2", "proxy");

    /** Only to be tested with: broken or prying on purpose. */
    private static final List<String> FOR_TESTS = List.of("dex-2-unmigrated", "probe");

    private ShippedContracts() {}

    /** What can be deployed. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * The WebAssembly of one of {@link #names}, or of a module that exists for tests.
     *
     * @throws IllegalArgumentException when there is none of this name; the message lists them
     */
    public static byte[] code(String name) {
        if (!NAMES.contains(name) && !FOR_TESTS.contains(name)) {
            throw new IllegalArgumentException(
                    "no contract '%s' is shipped; there are %s".formatted(name, NAMES));
        }
        var file = "%s/%s.wasm".formatted(name, name);
        try (var stream = ShippedContracts.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is missing: run agent/contracts/build");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file + " from the class path", e);
        }
    }
}
