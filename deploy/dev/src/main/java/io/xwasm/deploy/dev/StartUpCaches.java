package io.xwasm.deploy.dev;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The JVM's ahead-of-time caches (JEP 483, 514 and 515): classes that are linked already, and which
 * methods a former run found hot. A process with one starts in half the time, and a member that has
 * just come back serves as fast as one that has run for a while.
 *
 * <p>A cache is good for one JVM and one set of jars; the JVM leaves one that is not aside.
 *
 * @param folder holds a file for each program; there may be none
 * @param recording whether they are written rather than read
 */
record StartUpCaches(Path folder, boolean recording) {
    private static final Duration END = Duration.ofSeconds(10);

    /** A JVM that records puts its cache together when it ends. */
    private static final Duration END_RECORDING = Duration.ofMinutes(2);

    /**
     * What the JVM is told.
     *
     * @param program one of the fleet's
     * @param first whether no other process runs the same program: one alone records
     */
    List<String> flags(String program, boolean first) {
        var file = folder.resolve(program + ".aot");
        if (recording) {
            return first ? List.of("-XX:AOTCacheOutput=" + file) : List.of();
        }
        return Files.exists(file)
                ? List.of("-XX:AOTCache=" + file, "-Xlog:aot=off", "-Xlog:cds=off")
                : List.of();
    }

    /** How long a process may take to end. */
    Duration endWithin() {
        return recording ? END_RECORDING : END;
    }
}
