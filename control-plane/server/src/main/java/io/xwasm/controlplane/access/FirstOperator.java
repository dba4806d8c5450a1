package io.xwasm.controlplane.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.controlplane.configuration.ConfigurationRefused;
import io.xwasm.controlplane.keys.SecretFile;
import io.xwasm.controlplane.metadata.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the first operator at the first start, when there is nobody yet. */
public final class FirstOperator {
    private static final Logger LOG = LoggerFactory.getLogger(FirstOperator.class);

    private FirstOperator() {}

    /**
     * @throws ConfigurationRefused when the password file cannot be read
     */
    public static void ensure(Access access, Database database, AccessConfig config) {
        if (!access.nobodyYet()) {
            return;
        }
        if (config.bootstrapPasswordFile().isEmpty()) {
            LOG.warn(
                    "there is no user yet and access.bootstrap-password-file is not set: nobody can"
                            + " sign in");
            return;
        }
        var hash = Password4jHashing.hash(password(config.bootstrapPasswordFile().get()));
        database.change(sql -> {
            var token = access.bootstrap(sql, config.bootstrapUser(), hash);
            // Inside the transaction: a token that could not be left for the tools is not
            // made, and the next start tries again.
            config.tokenFile().ifPresent(file -> leave(token, file));
        });
        LOG.info("created the first operator '{}'", config.bootstrapUser());
    }

    private static String password(Path file) {
        try {
            var password = Files.readString(file).strip();
            if (password.isEmpty()) {
                throw new ConfigurationRefused(
                        file.toString(), List.of("access.bootstrap-password-file is empty"));
            }
            return password;
        } catch (IOException e) {
            throw new ConfigurationRefused(
                    file.toString(),
                    List.of("access.bootstrap-password-file cannot be read: " + e.getMessage()));
        }
    }

    private static void leave(String token, Path file) {
        try {
            SecretFile.write(file, (token + "\n").getBytes(UTF_8));
        } catch (IOException e) {
            throw new ConfigurationRefused(
                    file.toString(),
                    List.of("access.token-file cannot be written: " + e.getMessage()));
        }
    }
}
