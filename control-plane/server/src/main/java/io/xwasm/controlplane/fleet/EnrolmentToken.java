package io.xwasm.controlplane.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.controlplane.configuration.ConfigurationRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;

/** What an agent has to present. Read anew each time, so that it can be changed in the file. */
public final class EnrolmentToken {
    private final Path file;

    private EnrolmentToken(Path file) {
        this.file = file;
    }

    /**
     * @throws ConfigurationRefused when the file cannot be read or is empty
     */
    public static EnrolmentToken in(Path file) {
        try {
            if (Files.readString(file).isBlank()) {
                throw new ConfigurationRefused(
                        file.toString(), List.of("agents.token-file is empty"));
            }
        } catch (IOException e) {
            throw new ConfigurationRefused(
                    file.toString(),
                    List.of("agents.token-file cannot be read: " + e.getMessage()));
        }
        return new EnrolmentToken(file);
    }

    boolean matches(String presented) {
        try {
            var wanted = Files.readString(file).strip();
            return !wanted.isEmpty()
                    && MessageDigest.isEqual(wanted.getBytes(UTF_8), presented.getBytes(UTF_8));
        } catch (IOException _) {
            return false;
        }
    }
}
