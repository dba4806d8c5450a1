package io.xwasm.controlplane.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.controlplane.api.ControlPlaneClient;
import io.xwasm.controlplane.http.Answer;
import io.xwasm.controlplane.http.Request;
import io.xwasm.controlplane.http.Route;
import io.xwasm.controlplane.metadata.Database;
import io.xwasm.controlplane.metrics.MicrometerMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Status, probes, metrics and the API's description over HTTP. */
public final class StatusRoutes {
    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final FleetLook look;
    private final Database database;
    private final MicrometerMetrics metrics;

    public StatusRoutes(FleetLook look, Database database, MicrometerMetrics metrics) {
        this.look = look;
        this.database = database;
        this.metrics = metrics;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/status", _ -> Answer.ok(look.status())),
                Route.probe(Route.API + "/openapi.yaml", StatusRoutes::openApi),
                Route.probe("/livez", _ -> Answer.text(PLAIN, "ok\n")),
                Route.probe("/readyz", this::ready),
                Route.probe("/metrics", _ -> Answer.text(PROMETHEUS, metrics.exposition())));
    }

    /** Ready as long as the metadata answer; otherwise the pipeline says 503. */
    private Answer ready(Request request) {
        var _ = database.read(sql -> sql.number("SELECT COUNT(*) FROM metadata"));
        return Answer.text(PLAIN, "ok\n");
    }

    private static Answer openApi(Request request) {
        try (var stream = ControlPlaneClient.class.getResourceAsStream("openapi.yaml")) {
            var document = Objects.requireNonNull(stream, "openapi.yaml").readAllBytes();
            return Answer.text("application/yaml", new String(document, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("reading openapi.yaml from the class path", e);
        }
    }
}
