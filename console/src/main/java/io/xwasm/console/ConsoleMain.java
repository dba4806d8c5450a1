package io.xwasm.console;

import io.xwasm.console.login.Doorway;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executors;

/** Starts the console: {@code ConsoleMain --config FILE}. */
public final class ConsoleMain {
    private ConsoleMain() {}

    public static void main(String[] args) throws Exception {
        if (args.length != 2 || !args[0].equals("--config")) {
            fail("usage: console --config FILE");
        }
        ConsoleConfig config;
        try {
            config = ConsoleConfig.read(Path.of(args[1]));
        } catch (ConsoleConfig.Unusable e) {
            fail(String.valueOf(e.getMessage()));
            return;
        }
        var clock = Clock.systemUTC();
        var ticks = Executors.newScheduledThreadPool(0, Thread.ofVirtual().factory());
        var doorway = new Doorway(config.controlPlane(), config.environment(), clock, ticks);
        var server = new ConsoleServer(config.bind(), config.port(), doorway);
        try {
            server.start();
        } catch (ConsoleServer.PortInUse e) {
            fail(String.valueOf(e.getMessage()));
        }
        System.out.println("ready at " + server.address());
        server.join();
    }

    private static void fail(String reason) {
        System.err.println(reason);
        System.exit(2);
    }
}
