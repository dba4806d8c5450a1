package io.xwasm.deploy.dev;

import io.xwasm.agent.protocol.NodeId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who listens where: the control plane at the base, all others at fixed distances from it.
 *
 * @param base the first of them
 */
record DevPorts(int base) {
    static final int DEFAULT_BASE = 7400;
    static final int NODES_LIMIT = 20;
    private static final int AGENTS = 10;
    private static final int REPLICATION = 30;
    private static final int HIGHEST_BASE = 65_535 - REPLICATION - NODES_LIMIT;

    DevPorts {
        if (base < 1 || base > HIGHEST_BASE) {
            throw new CannotStart("--port-base is 1 to %d, was %d".formatted(HIGHEST_BASE, base));
        }
    }

    int controlPlane() {
        return base;
    }

    int console() {
        return base + 1;
    }

    int cluster() {
        return base + 2;
    }

    /**
     * @param index from 0
     */
    int agent(int index) {
        return base + AGENTS + index;
    }

    int replication(int index) {
        return base + REPLICATION + index;
    }

    static NodeId node(int index) {
        return new NodeId("node-" + (index + 1));
    }

    static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    /**
     * @throws CannotStart when another process has one of them
     */
    void requireFree(int nodes) {
        for (var port : all(nodes).entrySet()) {
            try (var socket = new ServerSocket()) {
                // As the servers do: a port whose last connections still fade is free.
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.getKey()));
            } catch (IOException e) {
                throw new CannotStart(
                        "port %d, wanted for %s, is in use; choose others with --port-base"
                                .formatted(port.getKey(), port.getValue()),
                        e);
            }
        }
    }

    private Map<Integer, String> all(int nodes) {
        var all = new LinkedHashMap<Integer, String>();
        all.put(controlPlane(), "the control plane");
        all.put(console(), "the console");
        all.put(cluster(), "the control plane's cluster");
        for (int i = 0; i < nodes; i++) {
            all.put(agent(i), "the calls of " + node(i));
            all.put(replication(i), "the replication of " + node(i));
        }
        return all;
    }
}
