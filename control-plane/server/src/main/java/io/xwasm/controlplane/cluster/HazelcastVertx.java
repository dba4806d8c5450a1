package io.xwasm.controlplane.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

/** A clustered Vert.x. */
public final class HazelcastVertx {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int FIRST_PORT = 5701;

    private HazelcastVertx() {}

    /**
     * Blocks until this member has joined.
     *
     * @param name members of one name find each other; others on this machine are left alone
     */
    public static Vertx join(ClusterConfig config, String name) {
        // Hazelcast asks for its logger before it reads its configuration.
        System.setProperty("hazelcast.logging.type", "slf4j");
        return Vertx.builder()
                .with(
                        new VertxOptions()
                                .setEventBusOptions(
                                        new EventBusOptions().setHost(LOOPBACK).setPort(0)))
                .withClusterManager(new HazelcastClusterManager(hazelcast(config, name)))
                .buildClustered()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static Config hazelcast(ClusterConfig config, String name) {
        // Vert.x wants certain maps and lists to be there: its own defaults have them.
        var hazelcast = ConfigUtil.loadConfig();
        hazelcast.setClusterName(name);
        hazelcast.setProperty("hazelcast.phone.home.enabled", "false");
        hazelcast.setProperty("hazelcast.shutdownhook.enabled", "false");
        hazelcast.setProperty("hazelcast.max.no.heartbeat.seconds", "6");
        hazelcast.setProperty("hazelcast.heartbeat.interval.seconds", "1");
        hazelcast.getJetConfig().setEnabled(false);
        var network = hazelcast.getNetworkConfig();
        network.setPort(config.port() == 0 ? FIRST_PORT : config.port());
        network.setPortAutoIncrement(config.port() == 0);
        network.getInterfaces().setEnabled(true).addInterface(LOOPBACK);
        JoinConfig join = network.getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).addMember(LOOPBACK);
        return hazelcast;
    }
}
