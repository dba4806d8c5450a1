package io.xwasm.controlplane;

import io.xwasm.controlplane.cluster.HazelcastVertx;
import io.xwasm.controlplane.configuration.ConfigurationRefused;
import io.xwasm.controlplane.configuration.YamlSettings;
import io.xwasm.controlplane.http.VertxHttp.CannotListen;
import io.xwasm.controlplane.keys.Sealer.CannotOpen;
import io.xwasm.controlplane.metadata.MetadataUnavailable;
import io.xwasm.controlplane.metadata.SqliteDatabase;
import io.xwasm.controlplane.takeover.RoleMoves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The process. */
public final class ControlPlaneMain {
    private static final int CANNOT_START = 1;
    private static final int WRONG_CONFIGURATION = 2;
    private static final String USAGE =
            "usage: ControlPlaneMain --config FILE [--set section.key=value]...";

    private ControlPlaneMain() {}

    public static void main(String[] arguments) {
        // Before the first logger: the processes share one folder of jars, so each names its own
        // file.
        System.getProperties()
                .putIfAbsent("logback.configurationFile", "logging-control-plane.xml");
        try {
            run(Arguments.parse(arguments));
        } catch (ConfigurationRefused e) {
            leave(e, WRONG_CONFIGURATION);
        } catch (CannotListen | MetadataUnavailable | CannotOpen | CannotStart e) {
            leave(e, CANNOT_START);
        }
    }

    private static void run(Arguments arguments) {
        var settings = YamlSettings.read(arguments.file(), System.getenv(), arguments.sets());
        var config = ControlPlaneConfig.from(settings);
        var clock = InstantSource.system();
        var database = SqliteDatabase.open(metadataFile(config.dataDirectory()), clock);
        var vertx = HazelcastVertx.join(config.cluster(), "xwasm-" + database.incarnation());
        var controlPlane = new ControlPlane(config, vertx, database, clock, RoleMoves::new);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    controlPlane.close();
                                    stopped.countDown();
                                },
                                "shutdown"));
        System.out.println("ready at " + controlPlane.start());
    }

    private static Path metadataFile(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new CannotStart("the data folder %s cannot be made".formatted(folder), e);
        }
        if (!Files.isWritable(folder)) {
            throw new CannotStart("the data folder %s cannot be written".formatted(folder), null);
        }
        return folder.resolve("metadata.db");
    }

    private static void leave(RuntimeException why, int status) {
        System.err.println(why.getMessage());
        System.exit(status);
    }

    private record Arguments(Path file, List<String> sets) {
        static Arguments parse(String[] arguments) {
            Path file = null;
            var sets = new ArrayList<String>();
            for (int i = 0; i < arguments.length; i += 2) {
                if (i + 1 == arguments.length) {
                    throw new ConfigurationRefused(
                            "the flags", List.of(arguments[i] + " lacks its value; " + USAGE));
                }
                switch (arguments[i]) {
                    case "--config" -> file = Path.of(arguments[i + 1]);
                    case "--set" -> sets.add(arguments[i + 1]);
                    default ->
                            throw new ConfigurationRefused(
                                    "the flags", List.of(arguments[i] + " is no flag; " + USAGE));
                }
            }
            if (file == null) {
                throw new ConfigurationRefused("the flags", List.of(USAGE));
            }
            return new Arguments(file, sets);
        }
    }

    private static final class CannotStart extends RuntimeException {
        CannotStart(String sentence, @org.jspecify.annotations.Nullable Throwable cause) {
            super(cause == null ? sentence : sentence + ": " + cause.getMessage(), cause);
        }
    }
}
