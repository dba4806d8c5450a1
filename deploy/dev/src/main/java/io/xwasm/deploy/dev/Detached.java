package io.xwasm.deploy.dev;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The same command again in the background, watched until the fleet is ready. */
final class Detached {
    private static final long BETWEEN_MILLIS = 100;

    private final DevFolder folder;
    private final Programs programs;

    Detached(DevFolder folder, Programs programs) {
        this.folder = folder;
        this.programs = programs;
    }

    /**
     * @param arguments of the background command
     * @return exit code
     */
    int start(List<String> arguments, PrintWriter out, PrintWriter err)
            throws IOException, InterruptedException {
        folder.prepare();
        var ready = Files.createTempFile(folder.run(), "ready-", "");
        Files.delete(ready);
        var errors = Files.createTempFile(folder.run(), "errors-", "");
        try {
            var process =
                    new ProcessBuilder(Supervised.ownSession(command(arguments, ready)))
                            .redirectInput(Path.of("/dev/null").toFile())
                            .redirectOutput(
                                    ProcessBuilder.Redirect.appendTo(folder.log("dev").toFile()))
                            .redirectError(errors.toFile())
                            .start();
            while (!Files.exists(ready)) {
                if (process.waitFor(BETWEEN_MILLIS, TimeUnit.MILLISECONDS)) {
                    err.print(Files.readString(errors));
                    err.flush();
                    return process.exitValue();
                }
            }
            out.print(Files.readString(ready));
            out.flush();
            return 0;
        } finally {
            Files.deleteIfExists(ready);
            Files.deleteIfExists(errors);
        }
    }

    private List<String> command(List<String> arguments, Path ready) {
        var command = new ArrayList<String>();
        command.add(programs.java().toString());
        command.addAll(programs.flags());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "-cp", programs.classPath()));
        var home = System.getProperty("xwasm.home");
        if (home != null) {
            command.add("-Dxwasm.home=" + home);
        }
        command.add(DevMain.class.getName());
        command.addAll(arguments);
        command.addAll(List.of("--ready-file", ready.toString()));
        return command;
    }

    /** In the background: tells who waits, all at once. */
    static void tell(Path ready, String text) throws IOException {
        var next = ready.resolveSibling(ready.getFileName() + ".next");
        Files.writeString(next, text);
        Files.move(next, ready, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }
}
