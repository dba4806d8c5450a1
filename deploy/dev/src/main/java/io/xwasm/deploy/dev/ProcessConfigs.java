package io.xwasm.deploy.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Writes each process's configuration file, anew at every start. */
final class ProcessConfigs {
    static final String GROUP = "main";
    static final String USER = "admin";
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String LOOPBACK = "127.0.0.1";

    private final DevFolder folder;
    private final DevPorts ports;
    private final int nodes;

    ProcessConfigs(DevFolder folder, DevPorts ports, int nodes) {
        this.folder = folder;
        this.ports = ports;
        this.nodes = nodes;
    }

    void controlPlane(Path file) throws IOException {
        var members = IntStream.range(0, nodes).mapToObj(i -> DevPorts.node(i).value()).toList();
        // With one standby left the group still serves; alone it does not, for nobody would hold
        // its blocks but itself.
        int minimum = Math.min(2, nodes);
        write(
                file,
                Map.of(
                        "http",
                        Map.of("bind", LOOPBACK, "port", ports.controlPlane()),
                        "data",
                        Map.of("directory", folder.data("control-plane").toString()),
                        "cluster",
                        Map.of("port", ports.cluster()),
                        "agents",
                        Map.of("token-file", folder.agentToken().toString()),
                        "access",
                        Map.of(
                                "bootstrap-user",
                                USER,
                                "bootstrap-password-file",
                                folder.firstPassword().toString(),
                                "token-file",
                                folder.apiToken().toString()),
                        "groups",
                        List.of(Map.of("name", GROUP, "nodes", members, "minimum-size", minimum)),
                        "backup",
                        Map.of(
                                "location",
                                folder.backups().toString(),
                                "keyset-file",
                                folder.keyset().toString())));
    }

    void agent(int index, Path file) throws IOException {
        var node = DevPorts.node(index).value();
        write(
                file,
                Map.of(
                        "node",
                        node,
                        "http",
                        Map.of("bind", LOOPBACK, "port", ports.agent(index)),
                        "replication",
                        Map.of("bind", LOOPBACK, "port", ports.replication(index)),
                        "data",
                        Map.of("directory", folder.data(node).toString()),
                        "control-plane",
                        Map.of(
                                "url",
                                controlPlaneUrl(),
                                "token-file",
                                folder.agentToken().toString())));
    }

    void console(Path file) throws IOException {
        write(
                file,
                Map.of(
                        "http",
                        Map.of("bind", LOOPBACK, "port", ports.console()),
                        "control-plane",
                        Map.of("url", controlPlaneUrl()),
                        "environment",
                        Map.of("name", "Development", "kind", "development"),
                        "fleet",
                        Map.of("name", "local")));
    }

    private String controlPlaneUrl() {
        return DevPorts.address(ports.controlPlane()).toString();
    }

    private static void write(Path file, Map<String, ?> settings) throws IOException {
        Files.writeString(file, YAML.writeValueAsString(settings));
    }
}
