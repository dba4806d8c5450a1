package io.xwasm.deploy.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much of a list, and from where. */
final class Paging {
    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "At most so many entries (default: ${DEFAULT-VALUE}).")
    int limit = 100;

    @Option(
            names = "--cursor",
            paramLabel = "CURSOR",
            description = "Go on where a list ended, with the cursor that it gave.")
    @Nullable String cursor;
}
