package io.xwasm.controlplane.fleet;

import io.xwasm.controlplane.configuration.Settings;
import java.nio.file.Path;

/**
 * @param tokenFile the token that agents present
 */
public record AgentsConfig(Path tokenFile) {
    public static AgentsConfig from(Settings settings) {
        return new AgentsConfig(settings.requiredPath("agents.token-file"));
    }
}
