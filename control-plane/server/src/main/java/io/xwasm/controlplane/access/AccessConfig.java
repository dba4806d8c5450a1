package io.xwasm.controlplane.access;

import io.xwasm.controlplane.configuration.Settings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * @param bootstrapUser the operator that the first start creates
 * @param bootstrapPasswordFile its password
 * @param tokenFile where the first start leaves an operator's token for tools on this machine
 */
public record AccessConfig(
        String bootstrapUser, Optional<Path> bootstrapPasswordFile, Optional<Path> tokenFile) {
    public AccessConfig {
        if (bootstrapUser.isBlank()) {
            throw new IllegalArgumentException("access.bootstrap-user is empty");
        }
    }

    public static AccessConfig from(Settings settings) {
        return new AccessConfig(
                settings.text("access.bootstrap-user", "admin"),
                settings.path("access.bootstrap-password-file"),
                settings.path("access.token-file"));
    }
}
