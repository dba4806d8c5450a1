package io.xwasm.controlplane;

import io.xwasm.controlplane.access.AccessConfig;
import io.xwasm.controlplane.alerts.AlertsConfig;
import io.xwasm.controlplane.backups.BackupConfig;
import io.xwasm.controlplane.cluster.ClusterConfig;
import io.xwasm.controlplane.configuration.ConfigurationRefused;
import io.xwasm.controlplane.configuration.Settings;
import io.xwasm.controlplane.fleet.AgentsConfig;
import io.xwasm.controlplane.groups.GroupDefinition;
import io.xwasm.controlplane.http.HttpConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the process is to be, checked.
 *
 * @param dataDirectory holds the metadata
 */
public record ControlPlaneConfig(
        HttpConfig http,
        Path dataDirectory,
        ClusterConfig cluster,
        AgentsConfig agents,
        AccessConfig access,
        List<GroupDefinition> groups,
        BackupConfig backup,
        AlertsConfig alerts) {
    /**
     * @throws ConfigurationRefused naming everything that is wrong
     */
    public static ControlPlaneConfig from(Settings settings) {
        @Nullable HttpConfig http = settings.checked(() -> HttpConfig.from(settings));
        var data = settings.requiredPath("data.directory");
        @Nullable ClusterConfig cluster = settings.checked(() -> ClusterConfig.from(settings));
        var agents = AgentsConfig.from(settings);
        @Nullable AccessConfig access = settings.checked(() -> AccessConfig.from(settings));
        var groups = GroupDefinition.from(settings);
        @Nullable BackupConfig backup = settings.checked(() -> BackupConfig.from(settings));
        @Nullable AlertsConfig alerts = settings.checked(() -> AlertsConfig.from(settings));
        settings.complete();
        return new ControlPlaneConfig(
                Objects.requireNonNull(http),
                data,
                Objects.requireNonNull(cluster),
                agents,
                Objects.requireNonNull(access),
                groups,
                Objects.requireNonNull(backup),
                Objects.requireNonNull(alerts));
    }
}
