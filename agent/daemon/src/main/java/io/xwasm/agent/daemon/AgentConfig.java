package io.xwasm.agent.daemon;

import io.xwasm.agent.protocol.NodeId;
import java.net.URI;
import java.nio.file.Path;

/**
 * What an agent is told at its start.
 *
 * @param node its id
 * @param http where callers reach it
 * @param replication where other members reach it
 * @param data folder of its ledgers
 * @param controlPlane base address of the control plane
 * @param tokenFile file with the enrolment token
 */
record AgentConfig(
        NodeId node,
        Address http,
        Address replication,
        Path data,
        URI controlPlane,
        Path tokenFile) {
    /**
     * An address to listen on.
     *
     * @param port 0 for any that is free
     */
    record Address(String bind, int port) {}

    /** Reads the settings; everything that is wrong is named at once. */
    static AgentConfig read(YamlSettings settings) {
        var config =
                new AgentConfig(
                        settings.value("node", NodeId::new, new NodeId("unnamed")),
                        address(settings, "http", 7410),
                        address(settings, "replication", 7430),
                        settings.value("data.directory", Path::of, Path.of("")),
                        settings.value("control-plane.url", AgentConfig::address, URI.create("")),
                        settings.value("control-plane.token-file", Path::of, Path.of("")));
        settings.finish();
        return config;
    }

    private static Address address(YamlSettings settings, String section, int port) {
        return new Address(
                settings.optional(section + ".bind", AgentConfig::loopback, "127.0.0.1"),
                settings.optional(section + ".port", AgentConfig::port, port));
    }

    private static String loopback(String bind) {
        if (!bind.equals("127.0.0.1") && !bind.equals("::1") && !bind.equals("localhost")) {
            throw new IllegalArgumentException(
                    "plaintext is served on loopback only, not on '%s'".formatted(bind));
        }
        return bind;
    }

    private static URI address(String text) {
        var address = URI.create(text);
        if (!"http".equals(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "'%s' is no address of a control plane, as http://127.0.0.1:7400 is"
                            .formatted(text));
        }
        return address;
    }

    private static int port(String text) {
        int port;
        try {
            port = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'%s' is no number".formatted(text), e);
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is 0 to 65535, was " + port);
        }
        return port;
    }
}
