package io.xwasm.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.controlplane.api.ControlPlaneClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.dataformat.yaml.YAMLMapper;

class RoutesTest {
    @Test
    void routes_and_the_openapi_document_are_equal(@TempDir Path folder) throws IOException {
        var documented = new TreeSet<String>();
        try (var stream = ControlPlaneClient.class.getResourceAsStream("openapi.yaml")) {
            var paths = YAMLMapper.builder().build().readTree(stream).path("paths");
            for (var path : paths.properties()) {
                for (var method : path.getValue().propertyNames()) {
                    documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            }
        }
        // The stream of events is no request with one answer, so it is no route.
        assertThat(documented.remove("GET /api/v1/events")).isTrue();
        try (var running = new RunningControlPlane(folder)) {
            var served = new TreeSet<String>();
            running.controlPlane.routes().forEach(r -> served.add(r.method() + " " + r.path()));
            assertThat(served).isNotEmpty().isEqualTo(documented);
        }
    }
}
