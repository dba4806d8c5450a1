package io.xwasm.controlplane;

import io.vertx.core.Vertx;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.access.AccessConfig;
import io.xwasm.controlplane.alerts.AlertsConfig;
import io.xwasm.controlplane.api.ControlPlaneClient;
import io.xwasm.controlplane.api.CreateToken;
import io.xwasm.controlplane.api.Role;
import io.xwasm.controlplane.backups.BackupConfig;
import io.xwasm.controlplane.cluster.ClusterConfig;
import io.xwasm.controlplane.fleet.AgentsConfig;
import io.xwasm.controlplane.groups.GroupDefinition;
import io.xwasm.controlplane.groups.NoTakeover;
import io.xwasm.controlplane.groups.TakeoverSeams;
import io.xwasm.controlplane.http.HttpConfig;
import io.xwasm.controlplane.metadata.SqliteDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A whole control plane on a free port, with a clock that a test moves. */
public final class RunningControlPlane implements AutoCloseable {
    public static final GroupId MAIN = new GroupId("main");
    static final String AGENT_TOKEN = "the agents' token";
    static final String PASSWORD = "a long password";

    public final ManualClock clock = new ManualClock();
    public final SqliteDatabase database;
    public final URI address;
    public final ControlPlaneClient operator;
    final ControlPlane controlPlane;
    final String token;
    private final HttpClient http = HttpClient.newHttpClient();

    public RunningControlPlane(Path folder) {
        this(folder, NoTakeover::new);
    }

    public RunningControlPlane(Path folder, TakeoverSeams.Factory takeover) {
        try {
            Files.writeString(folder.resolve("agents"), AGENT_TOKEN);
            Files.writeString(folder.resolve("password"), PASSWORD);
            database = SqliteDatabase.open(folder.resolve("metadata.db"), clock);
            controlPlane =
                    new ControlPlane(config(folder), Vertx.vertx(), database, clock, takeover);
            address = controlPlane.start();
            token = Files.readString(folder.resolve("token")).strip();
            operator = new ControlPlaneClient(address, token);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ControlPlaneConfig config(Path folder) {
        return new ControlPlaneConfig(
                new HttpConfig("127.0.0.1", 0),
                folder,
                new ClusterConfig(0),
                new AgentsConfig(folder.resolve("agents")),
                new AccessConfig(
                        "admin",
                        Optional.of(folder.resolve("password")),
                        Optional.of(folder.resolve("token"))),
                List.of(new GroupDefinition(MAIN, List.of(new NodeId("node-1")), 1)),
                new BackupConfig(folder.resolve("backups"), folder.resolve("keyset.json")),
                new AlertsConfig(Optional.empty(), "http://console"));
    }

    public Set<String> operationKinds() {
        return controlPlane.operationKinds();
    }

    String tokenOf(Role role, @Nullable Long seconds) {
        return operator.createToken(new CreateToken(role + " of a test", role, seconds)).token();
    }

    /** An answer as it came. */
    record Raw(int status, JsonNode body, HttpResponse<String> response) {}

    Raw send(String method, String path, String bearer, String body, String... headers) {
        var request =
                HttpRequest.newBuilder(address.resolve(path))
                        .header("Authorization", "Bearer " + bearer)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    Raw send(HttpRequest request) {
        try {
            var response = http.send(request, BodyHandlers.ofString());
            var text = response.body();
            var json = text.startsWith("{") ? text : "{}";
            return new Raw(response.statusCode(), Json.MAPPER.readTree(json), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        operator.close();
        http.shutdownNow();
        controlPlane.close();
    }
}
