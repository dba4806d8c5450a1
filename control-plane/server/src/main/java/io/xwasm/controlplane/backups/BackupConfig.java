package io.xwasm.controlplane.backups;

import io.xwasm.controlplane.configuration.Settings;
import java.nio.file.Path;

/**
 * @param location folder of the repository, the same on every node
 * @param keysetFile key-encryption key; made with mode 600 when it does not exist
 */
public record BackupConfig(Path location, Path keysetFile) {
    public BackupConfig {
        if (keysetFile
                .toAbsolutePath()
                .normalize()
                .startsWith(location.toAbsolutePath().normalize())) {
            throw new IllegalArgumentException(
                    "backup.keyset-file lies inside backup.location: whoever takes the backups would have their key");
        }
    }

    public static BackupConfig from(Settings settings) {
        return new BackupConfig(
                settings.requiredPath("backup.location"),
                settings.path("backup.keyset-file")
                        .orElseGet(() ->
                                settings.path("data.directory")
                                        .orElse(Path.of("."))
                                        .resolve("keyset.json")));
    }
}
