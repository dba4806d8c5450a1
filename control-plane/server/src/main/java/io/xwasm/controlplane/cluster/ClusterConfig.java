package io.xwasm.controlplane.cluster;

import io.xwasm.controlplane.configuration.Settings;

/**
 * @param port of Hazelcast on loopback; 0 for the first free one
 */
public record ClusterConfig(int port) {
    public ClusterConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("cluster.port is 0 to 65535, not " + port);
        }
    }

    public static ClusterConfig from(Settings settings) {
        return new ClusterConfig(settings.number("cluster.port", 0));
    }
}
