package io.xwasm.agent.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/** The modules in this jar, by name. */
public final class ShippedContracts {
    /** Only to be tested with: broken or prying on purpose. */
    private static final Set<String> FOR_TESTS = Set.of("dex-2-unmigrated", "probe");

    /** What {@code build} has written: a line for each module, with its hash. */
    private static final String SUMS = "SHA256SUMS";

    private static final List<String> ALL = all();
    private static final List<String> NAMES =
            ALL.stream().filter(name -> !FOR_TESTS.contains(name)).toList();

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
        if (!ALL.contains(name)) {
            throw new IllegalArgumentException(
                    "no contract '%s' is shipped; there are %s".formatted(name, NAMES));
        }
        return read("%s/%s.wasm".formatted(name, name));
    }

    private static List<String> all() {
        return new String(read(SUMS), UTF_8)
                .lines()
                .map(line -> line.substring(line.lastIndexOf('/') + 1, line.lastIndexOf('.')))
                .sorted()
                .toList();
    }

    private static byte[] read(String file) {
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
