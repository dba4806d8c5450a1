package io.xwasm.deploy.cli;

import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.NodeId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;

/**
 * The file {@code dev.json} of a development fleet: what runs, and where.
 *
 * @param api base address of the control plane
 * @param console where to point a browser
 * @param tokenFile file that holds an operator's API token
 * @param controlPlane its process
 * @param agents their processes
 */
public record DevFleet(
        URI api, URI console, String tokenFile, ControlPlane controlPlane, List<Agent> agents) {
    private static final String FILE = "dev.json";

    public DevFleet {
        agents = List.copyOf(agents);
    }

    public record ControlPlane(long pid) {}

    public record Agent(NodeId node, long pid, URI api) {}

    /** {@code XWASM_DEV_DIR}, else a folder among the user's state. */
    public static Path defaultFolder(Map<String, String> environment) {
        var named = environment.get("XWASM_DEV_DIR");
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        var state = environment.get("XDG_STATE_HOME");
        return state != null && Path.of(state).isAbsolute()
                ? Path.of(state, "xwasm", "dev")
                : Path.of(System.getProperty("user.home"), ".local", "state", "xwasm", "dev");
    }

    /**
     * The fleet that runs, or ran last, on this folder; empty when there never was one.
     *
     * @throws IOException when the file is there and cannot be read
     */
    public static Optional<DevFleet> read(Path folder) throws IOException {
        try {
            return Optional.of(
                    Json.MAPPER
                            .rebuild()
                            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                            .build()
                            .readValue(Files.readString(folder.resolve(FILE)), DevFleet.class));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (JacksonException e) {
            throw new IOException(folder.resolve(FILE) + " is not what 'xwasm dev' writes", e);
        }
    }

    /** Replaces the file at once, so that whoever reads it finds the old one or the new one. */
    public void write(Path folder) throws IOException {
        var next = folder.resolve(".dev.json.next");
        Files.writeString(
                next, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this));
        Files.move(
                next,
                folder.resolve(FILE),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Says that nothing runs any more. */
    public static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }
}
