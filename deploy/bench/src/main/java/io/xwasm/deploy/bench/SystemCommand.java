package io.xwasm.deploy.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/** A command of the operating system, which either does its work or says why not. */
final class SystemCommand {
    private SystemCommand() {}

    /**
     * @throws IOException with what it said, when it ends with another status than 0
     */
    static void run(String... command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(
                        "%s ended with status %d: %s"
                                .formatted(String.join(" ", command), status, said));
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted during " + String.join(" ", command), e);
        }
    }
}
