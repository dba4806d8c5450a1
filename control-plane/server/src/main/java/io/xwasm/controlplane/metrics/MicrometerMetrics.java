package io.xwasm.controlplane.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.xwasm.controlplane.http.RequestMetrics;
import io.xwasm.controlplane.operations.OperationMetrics;
import java.time.Duration;
import java.util.function.Supplier;

/** Counts with Micrometer and exposes as Prometheus text. */
public final class MicrometerMetrics implements RequestMetrics, OperationMetrics {
    private static final String PREFIX = "xwasm.controlplane.";

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    public MicrometerMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
    }

    @Override
    public void answered(String method, String route, int status, Duration took) {
        Timer.builder(PREFIX + "http.requests")
                .description("Requests answered, by route and status")
                .tag("method", method)
                .tag("route", route)
                .tag("status", Integer.toString(status))
                .register(registry)
                .record(took);
    }

    @Override
    public void ended(String kind, String outcome, Duration took) {
        Timer.builder(PREFIX + "operations")
                .description("Operations that ended, by kind and outcome")
                .tag("kind", kind)
                .tag("outcome", outcome)
                .register(registry)
                .record(took);
    }

    /** Counts one more of something. */
    public void count(String name, String description) {
        Counter.builder(PREFIX + name).description(description).register(registry).increment();
    }

    /** Shows a figure that is read when it is asked for. */
    public void gauge(String name, String description, Supplier<Number> figure) {
        var _ = Gauge.builder(PREFIX + name, figure).description(description).register(registry);
    }

    /** All of it as Prometheus text. */
    public String exposition() {
        return registry.scrape();
    }
}
